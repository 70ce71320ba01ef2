"""Whether a few characters are the name of a person, and the names that a list of them holds."""

import re

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"

# The surnames of 98 in 100 people, Traditional forms behind, and those of two characters.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕"
    "丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃"
    "武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒"
    "阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司"
    "卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙"
    "荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘"
    "满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙"
    "傅闻人鹿嵇尧酆幸於贲羿藏牧危印家浦敬糜茅刀阎肖逯逄战信浩庾晖蒯泰汲迮简"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇呂盧鍾鐘譚陸範賈韋鄒閆龍賀顧龔萬錢嚴湯溫齊喬龐顏莊聶魯歐關"
    "蘭寧紀畢單塗駱藍華饒陽時農簡車項連蘆麥婁竇黨費衛應閔鄔邊師欒榮叢鞏遲鄺談樂儲勞諶樓滿聞厲區闞權強帥"
    "樸蓋練豐國計晉門雲來閻於遊"
)
_DOUBLE_SURNAMES = (
    *("欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "皇甫", "令狐", "夏侯", "尉迟"),
    *("东方", "東方", "端木", "慕容", "宇文", "长孫", "长孙", "公孙", "公孫", "轩辕", "南宫"),
    *("司徒", "司空", "独孤", "呼延", "西门", "第五", "闻人", "澹台", "淳于", "拓跋"),
)
_NOT_GIVEN = frozenset("的了是在我你他她它们這这那个個些就也都和与與或及并說说者")

HAN_IN = re.compile(f"[{HAN}]")
_HAN_NAME = re.compile(f"[{HAN}]{{2,4}}")
_DOTTED_NAME = re.compile(f"[{HAN}]{{1,8}}(?:[·•・‧][{HAN}A-Z]{{1,10}}){{1,3}}")
_INITIAL_WORD = r"(?:[A-Z](?:\.|[^\W\d_]*['’.-]?[^\W\d_]*)|[a-z]{1,3}|[A-Z]\.-?[A-Z]\.)"
_LATIN_NAME = re.compile(rf"[A-Z][^\W\d_]*[.'’-]?[^\W\d_]*\.?(?:[ -]{_INITIAL_WORD}){{1,4}}")
_NO_NAMES = ("The ", "A ", "An ", "This ", "My ")
_BETWEEN = re.compile(r"\s*[、，,;；&＆/／|｜]\s*|\s{2,}|\s+(?:and|和|与|與|及)\s+|\s+")
_LATIN_BETWEEN = re.compile(r"\s*[、，,;；&＆/／|｜]\s*|\s+and\s+")
_PADDED = re.compile(f"(?<![{HAN}])([{HAN}])[ \u3000]+([{HAN}])(?![{HAN}])")  # 张　三


def is_person(text: str) -> bool:
    """Return whether `text` is one person's name: 毛丽君, 欧阳修, 买买提·艾山, Seth Kenlon."""
    if _HAN_NAME.fullmatch(text):
        return _is_han_person(text)
    if text.startswith(_NO_NAMES):
        return False
    return bool(_DOTTED_NAME.fullmatch(text) or _LATIN_NAME.fullmatch(text))


def people(text: str) -> list[str]:
    """Return the names of the people that `text` lists, or nothing when any part is none.

    >>> people("张　三、李四 买买提·艾山")
    ['张三', '李四', '买买提·艾山']
    """
    between = _BETWEEN if HAN_IN.search(text) else _LATIN_BETWEEN
    names = [name for name in between.split(_PADDED.sub(r"\1\2", text.strip())) if name]
    return names if all(map(is_person, names)) else []


def listed(names: list[str]) -> str:
    """Return names as one line: with commas where all are Latin, else as Chinese lists them."""
    between = "、" if any(map(HAN_IN.search, names)) else ", "
    return between.join(dict.fromkeys(names))


def _is_han_person(text: str) -> bool:
    given = text[2:] if text.startswith(_DOUBLE_SURNAMES) else ""
    if not given:
        if text[0] not in _SURNAMES:
            return False
        given = text[1:]
        if len(given) == 3:  # a married woman's: 陳方安生
            return given[0] in _SURNAMES and not _NOT_GIVEN & set(given)
    return len(given) <= 2 and not _NOT_GIVEN & set(given)
