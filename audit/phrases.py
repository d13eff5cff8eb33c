"""The words of the narrative as patterns: what officials call requests, results, proceedings.

Every pattern is matched on the text that `audit.clauses.plain` leaves: half-width signs, no blanks,
no quotation marks. A pattern names what is certain; words that are not here make the reader silent.
"""

import re

from reporting.labels import rows_of

FILLER = (
    r"(?:的|了|过|为|有(?!效|关)|是|共计|共|总计|合计|累计|总共|总数|总量|数量|件数|数|达到|达|一共|仅|到|均|都|"
    r"也|计|并|已经|已|全部|约)"
)
FILLING = rf"{FILLER}*+"
"""Words that change nothing between what is counted and its number.

Repetitions are possessive (``*+``) here and in every pattern: a file that was made to be slow to
read must not be, and no pattern needs back what such words have taken.
"""

REQUEST = (
    r"(?:(?:政府|政务)?信息(?:依法|依)?(?:申请)?公开(?:公开)?的?申请|(?:政府|政务)信息申请|公开申请"
    r"|公开(?:政府|政务)信息的?申请|申请(?:政府|政务)?信息公开|申请公开(?=件)"
    r"|依申请(?:公开)?(?:政府|政务)?信息公开(?:的?申请)?"
    r"|(?:政府|政务)?信息依申请公开(?:的?申请)?"
    r"|依法?申请公开(?:政府|政务)?(?:信息)?(?:的?申请)?"
    r"|申请公开(?:政府|政务)?信息)(?:的?(?:办件|案件|事项|事宜|业务|信件|信函|来信|来件|件))?"
)
"""A request for information (政府信息公开申请) under any of its names."""
ANY_REQUEST = rf"(?:{REQUEST}|(?:各类|相关|有关|有效|上述|该类)?申请(?:事项|案件|件)?)"
"""The same where the sentence already spoke of requests: 申请 by itself."""

ANY_WAY = (
    r"通过(?:任何|各种|[^,;\d]{1,40}(?:等|各种|多种))(?:途径|渠道|方式|形式)|"
    r"任何(?:途径|渠道|方式|形式)"
)
"""Every way of asking (申请方式), so that none of the requests is left out."""
PEOPLE = (
    rf"(?:{ANY_WAY}|"
    r"公民|法人|公司|团体|和|或者?|及|与|、|其[他它]组织|社会组织|组织|人民群众|群众|社会公众|公众|社会|各界|申请人|个人|单位|"
    r"企业|任何|有效|各类|书面|要求|"
    r"一件|提交|提出|递交|发来|政府|机关|本级|对|向|关于|有关|相关|新|的|了|到|过|我局|本机关|本单位|我单位)*+"
)
"""Who asks, where it restricts nothing."""

TO_DEAL = r"(?:办结|办理|处理|回复|答复|办复|受理)"
ADVERBS = (
    r"(?:年|日|本年度?|全年度?|当年|今年|年内|期间|目前|现|现已|均|都|已经?|全部|及时|依法|依规|按期|按时|按照?规定|"
    r"按要求|按法定期限|在法定期限内|在规定期限内|法定期限内|期限内|如期|规范|累计|共计?|总共|一共|合计|其中|并|且|"
    r"(?:我|本|该)(?:局|机关|办|办公室|区|县|市|委|院|厅|镇|乡|街道|单位|部门|中心|省|州|旗|盟|处|行政机关)|"
    r"全(?:市|区|县|省|州|盟|旗|镇|乡|系统)|各(?:级|地|部门|单位|有关部门|职能部门)|、|市|区|县|和|行政机关|"
    r"上述|以上|所有|申请|截至|截止|年底)*+"
)
"""Words that may stand before a verb without making it speak of a part."""

CHANNEL = re.compile(
    r"网络|网上|互联网|线上|线下|在线|网站|平台|系统|信函|邮寄|邮件|邮箱|来信|现场|当面|窗口|传真|"
    r"电子|书面|快递|挂号|信件|邮政|网页|政务服务网|面交"
)
ALL_CHANNELS = re.compile(r"等|各种|多种|各类|渠道|途径|线上线下|及|和|、")

OTHER_TIME = re.compile(
    r"季度|上半年|下半年|月份|以来|近[三五两几]年|日均|月均|年均|每[日月年周季]|同期|"
    r"(?<!结转)(?<!转入)(?<!结转自)(?:去年|上一?年度?|往年|历年|前年|前一年)(?!度?的?(?:无|没有|未有)?(?:结转|转入|转来|遗留|顺延|未办结|接转))"
)
ONE_MONTH = re.compile(
    r"(?P<span>截[至止]到?(?:20\d\d年)?|\d{1,2}月?[-—–~至到])?(?:20\d\d年)?"
    r"(?<!\d)\d{1,2}月(?![\d底末份]|[-—–~至到])"
)
"""A month by itself; 截至12月 and 1-12月 are the year."""
PART_OF_YEAR = re.compile(r"(?:上半年|下半年|季度|月份?)(?:以来|期间|里|内)?$")
WHOLE_YEAR = re.compile(r"[全本今当]年|20\d\d年(?!\d)|年度")
COMPARED = re.compile(
    r"同比|环比|增加|减少|增长|下降|上升|降低|增幅|降幅|较(?!好|为|强|高|快)|多于|少于|相比|翻"
)
CARRIED = r"(?:结转|转入|转来|遗留|接转|延续|顺延|未办结|转)"
INCLUDING_OLD = re.compile(
    rf"(?<!不)(?:含|包括|包含|其中)[^;。]{{0,24}}(?:上一?年度?|20\d\d年度?)的?{CARRIED}"
    r"|(?<!不)(?:含|包括|包含)[^,;]{0,6}上一?年度?"
)
WITHOUT_OLD = re.compile(r"不(?:含|包括|包含|计)[^,;。)]{0,6}(?:上一?年|往年|结转)")
ONLY_COMPARED = re.compile(r"(?:较|比|与|同|和)?年{4,6}")
AS_BEFORE = re.compile(r"^(?:基本|大致)?(?:持平|相当|一致|相同)")
UNREAL = re.compile(
    r"避免|防止|力争|杜绝|确保不|如果|假如|若|倘|凡|^如(?!期|下|上|实|何)|减少|降低|预防"
)

FOREIGN = re.compile(
    r"热线|来信|来访|来电|咨询|留言|建议|提案|工单|诉求|问政|信箱|意见|访谈|许可申请|登记申请|"
    r"信访|投诉|举报|纠纷|稿件|公文|推送|解读|新媒体"
)
"""Matters that are counted in 件 or 条 as well and are no requests."""
OF_OTHER_ACTS = re.compile(r"执法|行政行为|行政处罚|行政许可|行政强制|行政征收")
"""Acts whose reconsideration and litigation are none over disclosure."""
AUTHORITIES = re.compile(r"权责清单|权力清单|事项清单|权力事项|职权")
"""Lists of what an agency may do count kinds of decisions, and none that was made."""
TAKEN_ON = re.compile(r"实际(?:受理|收到)|有效申请|受理条件")
"""Some of what came in was no request after all."""
ALREADY_PUBLIC = re.compile(r"(?:已[^,;。\d]{0,14}公开|主动公开的?范围)[^,;。\d]{0,12}\d")
PROPERTY = re.compile(
    r"属性|拟稿|发文|主动公开[^,;\d]{0,60}\d+[件份条]?[、,;及和]*依申请公开"
    r"|(?:^|[,，;；、])依申请公开\d+[件份条][、,，;；及和]*不予公开"
)
"""Documents sorted into 主动公开, 依申请公开 and 不予公开: none of them is a request."""

RESULT_TAIL = (
    r"(?:的|类|答复|决定|处理|办理|情形|申请|政府|信息|件|结果|事项|情况|告知书?|办结|"
    r"有|为|共|计|是|均|数量?)*+"
)
RESULTS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (r"部分公开|部分予以公开|予以部分公开|区分处理", ("partial",), "部分公开"),
    (r"(?<!不)(?<!部分)(?:予以公开|同意公开|准予公开|全部公开|完全公开)", ("granted",), "予以公开"),
    (r"不予公开|不予以公开|不同意公开", rows_of("refused"), "不予公开"),
    (r"国家秘密", ("refused.state_secret",), "属于国家秘密"),
    (r"法律、?(?:行政)?法规禁止公开", ("refused.prohibited_by_law",), "其他法律行政法规禁止公开"),
    (
        r"三安全一稳定",
        ("refused.three_securities_one_stability",),
        "危及“三安全一稳定”",
    ),
    (r"第三方(?:合法)?权益", ("refused.third_party_rights",), "保护第三方合法权益"),
    (r"内部事务信息|内部管理信息", ("refused.internal_affairs",), "属于三类内部事务信息"),
    (r"过程性信息", ("refused.process_information",), "属于四类过程性信息"),
    (r"执法案卷(?:信息)?", ("refused.enforcement_file",), "属于行政执法案卷"),
    (r"行政查询事项", ("refused.administrative_query",), "属于行政查询事项"),
    (r"无法提供|不能提供", rows_of("unable"), "无法提供"),
    (
        r"不掌握(?:(?:相关|该|所申请)?(?:政府)?信息)?",
        ("unable.not_held",),
        "本机关不掌握相关政府信息",
    ),
    (r"另行制作", ("unable.needs_creation",), "没有现成信息需要另行制作"),
    (
        r"补正后(?:申请)?(?:内容)?(?:仍|依然)不明确",
        ("unable.unclear_after_correction",),
        "补正后申请内容仍不明确",
    ),
    (r"不予处理", rows_of("not_processed"), "不予处理"),
    (r"信访、?举报、?投诉", ("not_processed.petition",), "信访举报投诉类申请"),
    (r"重复申请", ("not_processed.repeat",), "重复申请"),
    (r"公开出版物", ("not_processed.publication",), "要求提供公开出版物"),
    (r"大量、?反复申请", ("not_processed.excessive",), "无正当理由大量反复申请"),
    (r"重新出具(?:已获取信息)?", ("not_processed.confirm_or_reissue",), "要求确认或重新出具"),
    (r"逾期不?未?(?:进行)?补正", ("other.correction_lapsed",), "逾期不补正"),
    (r"逾期(?:不|未)(?:按要求)?缴费|未按收费通知要求缴纳费用", ("other.fee_lapsed",), "逾期不缴费"),
    (r"其他处理|作其他处理", rows_of("other"), "其他处理"),
)
"""Results by their names: pattern, rows of table three, label."""
RESULTS_AT_END = tuple(
    (re.compile(rf"(?:{words}){RESULT_TAIL}$"), rows, label) for words, rows, label in RESULTS
)
RESULTS_AT_START = tuple(
    (
        re.compile(
            rf"^(?:属于?|为|系|因|以|是|的|涉及|申请人|件|作出|依法|要求|本机关|我局|本单位)*+(?:{words})"
        ),
        rows,
        label,
    )
    for words, rows, label in RESULTS
)

APPLICANT_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"自然人|公民个人", ("natural_person",)),
    (
        r"法人(?:或者?|和|及|、)其[他它]组织",
        ("business", "research", "social_welfare", "legal_service", "other_org"),
    ),
    (r"商业企业", ("business",)),
    (r"科研机构", ("research",)),
    (r"社会公益(?:性)?组织", ("social_welfare",)),
    (r"法律服务机构", ("legal_service",)),
)
APPLICANTS_AT_START = tuple(
    (re.compile(rf"^(?:申请)?(?:来自|为|系|由|是)(?:{words})(?:提交|提出|申请|的)*+$"), columns)
    for words, columns in APPLICANT_WORDS
)
APPLICANTS_AT_END = tuple(
    (
        re.compile(rf"(?:{words})(?:提交|提出|的|类|申请人|{ANY_REQUEST}){{0,4}}+{FILLING}$"),
        columns,
    )
    for words, columns in APPLICANT_WORDS
)


def of_another_time(text: str) -> bool:
    """Whether the words speak of another time than a whole year, or of another year by its name."""
    in_month = any(found["span"] is None for found in ONE_MONTH.finditer(text))
    return in_month or bool(OTHER_TIME.search(text))


def names_part_of_year(text: str) -> bool:
    """Whether a clause ends in a time less than the year, which then holds for those after it."""
    return bool(PART_OF_YEAR.search(text)) and of_another_time(text)


def only_compared(head: str, tail: str) -> bool:
    """Whether the words around a number say that it is one compared with, or a difference.

    A year in ``head`` stands there as ``audit.clauses`` leaves it: each of its signs as 年.
    """
    return bool(COMPARED.search(head) or (ONLY_COMPARED.fullmatch(head) and AS_BEFORE.match(tail)))


def by_channel(words: str) -> bool:
    """Whether words before a verb restrict it to one way of asking (申请渠道)."""
    return bool(CHANNEL.search(words)) and not ALL_CHANNELS.search(words)
