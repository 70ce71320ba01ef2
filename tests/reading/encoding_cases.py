"""Texts to write out in encodings: sentences of our own, put together differently each time."""

import random
from pathlib import Path

SEEDS = Path(__file__).parent.parent.parent / "seeds"

SIMPLIFIED = """\
昨天下午，上海下了一场大雨，地铁站门口挤满了没有带伞的人。
老王在菜市场卖了三十年豆腐，街坊都说他的豆腐有小时候的味道。
据统计，2023年全市新增就业岗位12.6万个，比上年增长4.3%。
她把奶奶留下的旧照片一张一张扫描，存进了电脑。
记者从会上获悉，这条高速公路预计明年年底建成通车。
“你怎么现在才来？”他站在门口，手里还拿着半个馒头。
本报讯（记者 李明）春节临近，各大商场的年货已经摆上货架。
图书馆周一闭馆，其余时间从早上九点开放到晚上八点。
程序启动时会读取配置文件config.toml，如果没有就使用默认值。
山里的夜很静，只听见溪水流过石头的声音。
专家认为，人工智能将深刻改变制造业的面貌，但不会取代所有工人。
这家公司成立于1998年，总部位于深圳，员工超过五千人。
孩子们在操场上放风筝，风把笑声吹得很远。
茶叶要用八十度左右的水来泡，太烫了会苦。
《红楼梦》里写到的药方，有几种今天的中医还在用。
火车晚点了四十分钟，车厢里的人开始抱怨起来。
请在表格第2页填写姓名、年龄、联系电话；不会写字的可以请人代写。
这种病的早期症状不明显：乏力、低热、食欲不振，容易被忽视。
使用Docker部署服务以后，升级只要几分钟。
院子里的石榴树是爷爷种下的，每年秋天都结满果子。
""".splitlines()

TRADITIONAL = """\
昨天傍晚，臺北下起了大雨，捷運站出口擠滿了沒帶傘的人。
外婆煮的滷肉飯，是我小時候最喜歡的味道。
根據統計，去年全臺觀光人次達到1,186萬，比前一年成長三成。
他把父親留下來的舊信件整理好，一封一封放進鐵盒裡。
記者會上，市長表示這座橋樑預計後年完工通車。
「你怎麼現在才來？」她站在門邊，手上還拿著鍋鏟。
香港的茶餐廳供應奶茶、菠蘿包和炒麵，由清晨一直營業至深夜。
圖書館星期一休館，其餘時間由上午九時開放至晚上八時。
程式啟動時會讀取設定檔，如果沒有就使用預設值。
山裡的夜晚很安靜，只聽見溪水流過石頭的聲音。
學者認為，人工智慧將會改變製造業，但不會取代所有的工人。
這間公司創立於1987年，總部設在新竹，員工超過五萬人。
孩子們在操場上放風箏，風把笑聲吹得很遠。
廟口的小吃攤從下午開到半夜，蚵仔煎總是要排隊。
《史記》記載的這場戰爭，雙方投入的兵力超過四十萬。
火車誤點四十分鐘，車廂裡的乘客開始抱怨。
請於表格第二頁填寫姓名、電話及住址；未滿十八歲者須由家長簽名。
這種鳥類每年冬天由西伯利亞飛來，在濕地停留到隔年三月。
他寫的詩不多，卻每一首都讓人記得。
院子裡的桂花開了，整條巷子都是香的。
""".splitlines()


def articles(sentences: list[str], count: int) -> list[str]:
    """Return `count` articles of one to thirty of these sentences, the same each time."""
    choice = random.Random(count)
    return [
        choice.choice(["\n", "\r\n", "\n\n", ""]).join(
            choice.sample(sentences * 2, choice.randint(2, 30))
        )
        for _ in range(count)
    ]


def seeds() -> list[str]:
    """Return the paragraphs of the repository's own articles."""
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return [line for text in texts for line in text.splitlines() if len(line) >= 40]
