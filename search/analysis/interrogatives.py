"""Words that only ask: an article that answers a question need not hold them.

A closed class of the language, in Simplified, as jieba cuts it. 是, 有, 在 and their like are not
here: they are common enough to count for next to nothing.
"""

_WORDS = """
    什么 甚么 是什么 有什么 为什么 干什么 做什么 什么样 什么时候 什么地方 啥 为啥
    谁 谁人 何 何人 何事 何物 何时 何地 何处 何年 何种 何以 何故 为何 如何 几何 是何
    哪 哪个 哪些 哪里 哪儿 哪位 哪种 哪年 哪天 哪家 哪一 哪一个 哪一年 哪一位 哪一种
    怎么 怎么样 怎么办 怎样 怎 咋 多少 多大 多久 多长 多远 多高 几 几个 几年 几时 几次
    吗 呢 么 嘛 是否 能否 可否 有没有 是不是 能不能 请问
"""

INTERROGATIVES = frozenset(_WORDS.split())
