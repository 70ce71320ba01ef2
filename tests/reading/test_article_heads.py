"""Heads and ends of articles as newspapers, agencies, blogs and offices write them, and what is
read of each: title, author, date, and what of it is a guess."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.reading.article import article
from search.reading.format import Place

PROSE = "示范区建设五年来，一批重点项目相继落地，各项制度创新成果不断涌现，群众的获得感持续增强。"
PROSE_TW = (
    "示範區建設五年來，一批重點項目相繼落地，各項制度創新成果不斷湧現，民眾的獲得感持續增強。"
)


@dataclass(frozen=True)
class Head:
    why: str
    text: str
    title: str
    author: str = ""
    date: str = ""
    inferred: str = ""
    id: str = "news/a.txt"


HEADS = [
    Head(
        "a newspaper's byline stands below the title",
        f"携手共引凤\n\n本报记者 毛丽君\n\n{PROSE}",
        "携手共引凤", "毛丽君", inferred="author",
    ),
    Head(
        "two reporters, blanks between",
        f"携手共引凤\n本报记者 李四 王五 报道\n{PROSE}",
        "携手共引凤", "李四、王五", inferred="author",
    ),
    Head(
        "a correspondent signs too; names of two characters are padded",
        f"携手共引凤\n□本报记者 张　三 通讯员 李小明\n{PROSE}",
        "携手共引凤", "张三、李小明", inferred="author",
    ),
    Head(
        "the date stands behind the byline",
        f"携手共引凤\n本报记者 毛丽君  2024年6月28日\n{PROSE}",
        "携手共引凤", "毛丽君", "2024-06-28", "author,date",
    ),
    Head(
        "the date stands before it, with a time",
        f"携手共引凤\n2024-06-28 10:20 本报记者 毛丽君\n{PROSE}",
        "携手共引凤", "毛丽君", "2024-06-28", "author,date",
    ),
    Head(
        "a date behind a labelled author",
        f"乡愁四韵\n作者：余光中 | 2024/6/28\n{PROSE}",
        "乡愁四韵", "余光中", "2024-06-28", "date",
    ),
    Head(
        "a date beside what is no byline is part of the text",
        f"乡愁四韵\n2024年6月28日，他从上海来到了青浦。\n{PROSE}",
        "乡愁四韵",
    ),
    Head(
        "a label makes it sure",
        "乡愁四韵\n作者：余光中\n\n给我一瓢长江水",
        "乡愁四韵", "余光中",
    ),
    Head(
        "文/ is a label",
        f"故乡的河\n文/张三\n\n{PROSE}",
        "故乡的河", "张三",
    ),
    Head(
        "as on public accounts",
        f"故乡的河\n撰文｜六神磊磊　编辑｜李四\n{PROSE}",
        "故乡的河", "六神磊磊",
    ),
    Head(
        "text and pictures are by one person",
        f"故乡的河\n图文/王小丫\n{PROSE}",
        "故乡的河", "王小丫",
    ),
    Head(
        "an agency's dateline has the year only in the file's name",
        f"示范区挂牌\n新华社北京6月28日电（记者张三、李四）{PROSE}",
        "示范区挂牌", "张三、李四", "2024-06-28", "author,date", "xinhua/20240629.txt",
    ),
    Head(
        "without a year anywhere there is no date",
        f"示范区挂牌\n新华社北京6月28日电（记者张三、李四）{PROSE}",
        "示范区挂牌", "张三、李四", "", "author",
    ),
    Head(
        "a report of December in a file of January is last year's",
        f"示范区挂牌\n新华社北京12月31日电 {PROSE}",
        "示范区挂牌", "", "2023-12-31", "date", "xinhua/2024-01-01.txt",
    ),
    Head(
        "an untitled report begins behind its dateline",
        f"新华社北京2024年6月28日电（记者张三）{PROSE}",
        PROSE, "张三", "2024-06-28", "author,date,title",
    ),
    Head(
        "本报讯 with the reporter in brackets",
        f"示范区挂牌\n本报讯（记者 张三 通讯员 李小明）{PROSE}",
        "示范区挂牌", "张三、李小明", inferred="author",
    ),
    Head(
        "the bracket that ends the article",
        f"示范区挂牌\n{PROSE}\n{PROSE}（记者 张三）",
        "示范区挂牌", "张三", inferred="author",
    ),
    Head(
        "a label in that bracket",
        f"示范区挂牌\n{PROSE}\n（记者：张三 编辑：李四）",
        "示范区挂牌", "张三",
    ),
    Head(
        "who the author is does not belong to the name",
        f"论制度创新\n{PROSE}\n（作者：张三，系北京大学教授）",
        "论制度创新", "张三",
    ),
    Head(
        "a person of no name is nobody",
        f"论制度创新\n{PROSE}\n（作者系北京大学教授）",
        "论制度创新",
    ),
    Head(
        "Taiwan: reporter and place",
        f"示範區掛牌\n記者王小明／台北報導\n{PROSE_TW}",
        "示範區掛牌", "王小明", inferred="author",
    ),
    Head(
        "Taiwan: the same in brackets before the text",
        f"示範區掛牌\n〔記者王小明、李大華／台北報導〕{PROSE_TW}",
        "示範區掛牌", "王小明、李大華", inferred="author",
    ),
    Head(
        "Taiwan: no mark between name and place",
        f"示範區掛牌\n【記者陳小華高雄報導】{PROSE_TW}",
        "示範區掛牌", "陳小華", inferred="author",
    ),
    Head(
        "Taiwan: the agency's dateline",
        f"示範區掛牌\n（中央社記者王小明台北28日電）{PROSE_TW}",
        "示範區掛牌", "王小明", inferred="author",
    ),
    Head(
        "Hong Kong: a bracket without a name",
        f"示範區掛牌\n【明報專訊】{PROSE_TW}",
        "示範區掛牌",
    ),
    Head(
        "the year of the Republic",
        f"公告\n中華民國113年6月28日\n{PROSE_TW}",
        "公告", "", "2024-06-28", "date",
    ),
    Head(
        "a line of date, source and author, as news sites have it",
        f"示范区挂牌\n2024-06-28 10:20:30 来源：人民网 作者：李小明\n{PROSE}",
        "示范区挂牌", "李小明", "2024-06-28", "date",
    ),
    Head(
        "labelled, the date is sure",
        f"示范区挂牌\n发布时间：2024年06月28日 10:20　来源：新华网\n{PROSE}",
        "示范区挂牌", "", "2024-06-28",
    ),
    Head(
        "a label is trusted more than the file's name",
        f"示范区挂牌\n发布时间：2024年06月28日\n{PROSE}",
        "示范区挂牌", "", "2024-06-28", "", "news/20230101.txt",
    ),
    Head(
        "a line in brackets below the title of a speech",
        f"在全会上的讲话\n（2024年6月28日）\n{PROSE}",
        "在全会上的讲话", "", "2024-06-28", "date",
    ),
    Head(
        "an office dates its letters at the end",
        f"关于开展检查的通知\n{PROSE}\n办公室\n二〇二四年六月二十八日",
        "关于开展检查的通知", "", "2024-06-28", "date",
    ),
    Head(
        "an essay: month and place at its end",
        f"故乡的河\n{PROSE}\n二零二四年六月于北京",
        "故乡的河", "", "2024-06", "date",
    ),
    Head(
        "where a newspaper's site tells the issue",
        f"示范区挂牌\n{PROSE}\n《人民日报》（2024年06月28日 第 04 版）",
        "示范区挂牌", "", "2024-06-28", "date",
    ),
    Head(
        "a date in running prose is not the article's",
        "示范区挂牌\n2024年6月28日，示范区在上海挂牌成立，两区一县共同参加。\n2023年建设开始。",
        "示范区挂牌",
    ),
    Head(
        "when a meeting takes place is not when it was written of",
        f"会议通知\n会议时间：2024年6月28日上午\n{PROSE}",
        "会议通知",
    ),
    Head(
        "nor is a label for it",
        f"读书会\n时间：2024年6月28日\n地点：市图书馆\n{PROSE}",
        "读书会",
    ),
    Head(
        "a post tells its time beside other things",
        f"作者: lujun (路军) 看板: Reading\n標題: 周末讀書會\n"
        f"時間: Fri Jun 28 10:20:30 2024\n\n{PROSE}",
        "周末讀書會", "lujun", "2024-06-28",
    ),
    Head(
        "an impossible date is none",
        f"示范区挂牌\n发布时间：2024年13月28日\n{PROSE}",
        "示范区挂牌",
    ),
    Head(
        "a headed mail",
        f"From: 王小明 <ming@example.com>\nDate: Fri, 28 Jun 2024 23:50:00 +0800\n"
        f"Subject: 周末读书会\n\n{PROSE}",
        "周末读书会", "王小明", "2024-06-28",
    ),
    Head(
        "a headed mail in ASCII, its subject in two lines, a character cut by their end",
        "From: =?gb2312?B?zfXQocP3?= <ming@example.com>\r\n"
        "Subject: =?UTF-8?B?5ZGo5pyr6A==?=\r\n =?UTF-8?B?r7vkuabkvJo=?=\r\n"
        f"Date: Fri, 28 Jun 2024 23:50:00 +0800\r\n\r\n{PROSE}",
        "周末读书会", "王小明", "2024-06-28",
    ),
    Head(
        "a subject written in quoted words",
        f"Subject: =?gb2312?Q?=D5=D0=C9=CC?= 2024\nFrom: lujun@example.com\n\n{PROSE}",
        "招商 2024",
    ),
    Head(
        "packed words that cannot be unpacked stay as they are",
        f"Subject: =?x-none?B?zfXQocP3?= 2024\n\n{PROSE}",
        "=?x-none?B?zfXQocP3?= 2024",
    ),
    Head(
        "a mail as an office program prints it",
        f"发件人: 毛丽君\n发送时间: 2024年6月28日 10:20\n收件人: 李四\n主题: 周末读书会\n\n{PROSE}",
        "周末读书会", "毛丽君", "2024-06-28",
    ),
    Head(
        "a poem's author stands below its title",
        "静夜思\n李白\n床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n",
        "静夜思", "李白", inferred="author",
    ),
    Head(
        "a poem in lines of one verse, its author's dynasty in a bracket",
        "登鹳雀楼\n\n（唐）王之涣\n\n白日依山尽\n黄河入海流\n欲穷千里目\n更上一层楼\n",
        "登鹳雀楼", "王之涣", inferred="author",
    ),
    Head(
        "a name below a heading and prose behind it may be of whom it speaks",
        f"人物\n李白\n{PROSE}",
        "人物",
    ),
    Head(
        "verses without an author: the second is no name",
        "咏鹅\n白毛浮绿水\n红掌拨清波\n曲项向天歌\n鹅鹅鹅鹅鹅\n",
        "咏鹅",
    ),
    Head(
        "verses as long as a name have none",
        "三字经\n高不平\n人之初\n性本善\n性相近\n习相远\n",
        "三字经",
    ),
    Head(
        "a newsletter's number in an address is no date, the name's is",
        f"初识 HTTP\n{PROSE}\nvia: https://example.com/a?cmp=newsltr_20161130",
        "初识 HTTP", date="2016-08-23", inferred="date", id="news/20160823_HTTP.md",
    ),
    Head(
        "that of an issue is one",
        f"初识 HTTP\n{PROSE}\nvia: https://example.com/weekly.php?issue=20131007&b=1",
        "初识 HTTP", date="2013-10-07", inferred="date",
    ),
    Head(
        "a post of a bulletin board",
        f"发信人: lujun (路军), 信区: Reading\n标  题: 周末读书会\n"
        f"发信站: 水木社区 (Fri Jun 28 10:20:30 2024), 站内\n\n{PROSE}",
        "周末读书会", "lujun", "2024-06-28",
    ),
    Head(
        "labelled lines before the text",
        f"标题：周末读书会\n作者：王小明\n来源：北京晚报\n日期：2024.06.28\n\n{PROSE}",
        "周末读书会", "王小明", "2024-06-28",
    ),
    Head(
        "a byline above the title",
        f"本报记者 毛丽君\n携手共引凤\n{PROSE}",
        "携手共引凤", "毛丽君", inferred="author",
    ),
    Head(
        "the name of a page and a column above the title",
        f"第04版：要闻\n【专栏】\n携手共引凤\n{PROSE}",
        "携手共引凤",
    ),
    Head(
        "a caption is neither title nor byline",
        f"■位于上海青浦的研发基地 本报记者 徐程 摄\n携手共引凤\n{PROSE}",
        "携手共引凤",
    ),
    Head(
        "nor is a caption in the middle",
        f"携手共引凤\n图为示范区一景。新华社记者 徐程 摄\n{PROSE}",
        "携手共引凤",
    ),
    Head(
        "a paper's unnamed commentator signs as such",
        f"坚定信心\n本报评论员\n{PROSE}",
        "坚定信心", "本报评论员", inferred="author",
    ),
    Head(
        "what looks like a name may be a title",
        f"记者高风\n{PROSE}",
        "记者高风",
    ),
    Head(
        "記者 in a sentence",
        f"携手共引凤\n记者在现场看到，项目进展顺利\n{PROSE}",
        "携手共引凤",
    ),
    Head(
        "an interview's questions are not signed",
        f"对话专家\n记者：您好，请问进展如何？\n专家：很顺利。\n{PROSE}",
        "对话专家",
    ),
    Head(
        "作者 in a sentence",
        f"读书笔记\n作者在书中说明了制度的来历\n{PROSE}",
        "读书笔记",
    ),
    Head(
        "an English byline",
        f"Engines of Search\nBy Jane Doe\nJune 28, 2024\n\n{PROSE}",
        "Engines of Search", "Jane Doe", "2024-06-28", "author,date",
    ),
    Head(
        "By and no name",
        f"搜索\nBy the way\n{PROSE}",
        "搜索",
    ),
    Head(
        "a name with a dot in it",
        f"棉花丰收\n新疆日报记者 买买提·艾山\n{PROSE}",
        "棉花丰收", "买买提·艾山", inferred="author",
    ),
    Head(
        "where folders are days",
        f"示范区挂牌\n{PROSE}",
        "示范区挂牌", "", "2024-06-28", "date", "rmrb/2024/06/28/01.txt",
    ),
    Head(
        "a date among the characters of a file's name",
        f"会议纪要\n{PROSE}",
        "会议纪要", "", "2024-06-28", "date", "office/会议纪要2024年6月28日.txt",
    ),
    Head(
        "digits that are no date",
        f"会议纪要\n{PROSE}",
        "会议纪要", id="office/20241399-13800138000.txt",
    ),
]  # fmt: skip


SEEDS = Path(__file__).parents[2] / "seeds"
PIECES = st.sampled_from(
    [
        *("作者：", "记者", "本报讯（", "2024年6月28日", "文/", "张三", "by Jane", "）", "\n"),
        *("# ", "\n===", "来源: "),
    ]
)


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.why)
def test_what_an_articles_head_says_is_read(head):
    document = article(head.text, Place(head.id, head.id))
    inferred = document.metadata.get("inferred", "")
    found = (document.title, document.author, document.date, inferred)
    assert found == (head.title, head.author, head.date, head.inferred), head.why


@given(st.text() | st.lists(PIECES | st.characters(), max_size=40).map("".join))
def test_whatever_the_text_its_title_is_a_slice_of_one_line_and_the_body_is_whole(text):
    document = article(text, Place("a/b.txt", "a/b.txt"))
    assert document.body == text
    assert document.title in text
    assert len(document.title.splitlines()) <= 1
    assert bool(document.title) == bool(text.strip())
    assert all(isinstance(value, str) for value in document.metadata.values())


def test_the_seeds_say_who_wrote_them_or_nothing():
    documents = [
        article(path.read_bytes().decode(), Place(f"seeds/{path.name}", ""))
        for path in sorted(SEEDS.glob("*.txt"))
    ]
    found = [(each.author, each.date, each.metadata.get("inferred", "")) for each in documents]
    assert found == [("", "", "title"), ("毛丽君", "", "author")]
