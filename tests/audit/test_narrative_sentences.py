"""Sentence by sentence: what each says of the bureau's figures, and what is found in it.

The bureau received 12 requests (10 from natural persons, 2 from businesses), carried 2 in and 1
out, and answered 13: granted 5, partial 2, refused 1, unable 4, other 1. Reconsideration 3 (2
upheld, 1 corrected), lawsuits 1 direct (upheld) and 1 after reconsideration (pending). Normative
documents 4 made, 1 repealed, 20 in force; decisions 100, 30 and 2; fees 125,000 yuan.
"""

from dataclasses import replace

import pytest

from audit.rules import check
from reporting.findings import Finding
from tests.audit.published_makers import bureau_report, kinds

REQUESTS_WRONG = ("text.requests", "error")
REQUESTS_DOUBTFUL = ("text.requests", "warning")
RESULTS_WRONG = ("text.results", "error")
RESULTS_DOUBTFUL = ("text.results", "warning")
PROCEEDINGS_WRONG = ("text.proceedings", "error")
PROCEEDINGS_DOUBTFUL = ("text.proceedings", "warning")
DOCUMENTS_WRONG = ("text.documents", "error")
DOCUMENTS_DOUBTFUL = ("text.documents", "warning")
FEES_WRONG = ("text.fees", "error")
SUM_WRONG = ("text.sum", "error")
SUM_DOUBTFUL = ("text.sum", "warning")


def said(*sentences: str, agency: str | None = "某市商务局") -> tuple[Finding, ...]:
    report = bureau_report({1: ("2024年，工作稳步推进。", *sentences)})
    return check(replace(report, agency=agency))


AGREE = [
    "全年新收政府信息公开申请12件，上年结转2件。",
    "2024年，我局共收到政府信息公开申请12件，均在法定期限内答复。",
    "2024年共收到政府信息公开申请十二件。",
    "全年收到政府信息公开申请14件（含上年结转2件）。",
    "全年共受理政府信息公开申请14件，办结13件，结转下年度1件。",
    "全年共受理政府信息公开申请12宗，已答复13宗，1宗结转下年度继续办理。",
    "2024年，我局共办理依申请公开13件。",
    "全年办理政府信息公开申请 12 件。",
    "全年收到申请公开政府信息12件，答复13件（含上年度结转申请2件，另有1件顺延到下年度答复）。",
    "我局收到群众依申请公开信息申请12份。",
    "截至2024年12月31日，共接收政府信息公开申请12件。",
    "收到政府信息公开申请12件，其中自然人10件，法人或其他组织2件。",
    "收到政府信息公开申请12件，涉及自然人10件、商业企业2件。",
    "受理政府信息公开申请14件，其中自然人申请12件，商业企业申请2件。",
    "收到政府信息公开申请12件，其中网络申请8件，信函申请4件。",
    (
        "收到政府信息公开申请12件，办结13件，其中予以公开5件，部分公开2件，不予公开1件，"
        "无法提供4件，其他处理1件。"
    ),
    "收到政府信息公开申请12件。其中，自然人10件，占83.3%；商业企业2件，占16.7%。",
    "完成政府信息公开申请答复13件，其中4件属于“本机关不掌握相关政府信息”。",
    "收到政府信息公开申请12件，其中属于三类内部事务信息1件、申请人逾期不补正1件。",
    "收到政府信息公开申请12件，同意公开5件、部分公开2件，不予处理0件。",
    "收到政府信息公开申请12件，全部按期答复。",
    "因政府信息公开引发行政复议3件、行政诉讼2件。",
    (
        "政府信息公开行政复议3件，其中结果维持2件，结果纠正1件；政府信息公开行政诉讼2件，"
        "其中结果维持1件，尚未审结1件。"
    ),
    "未经复议直接起诉1件，复议后起诉1件，均为政府信息公开案件。",
    "政府信息公开行政复议、行政诉讼案件共5件。",
    "2024年有3件涉及政府信息公开工作的行政复议。",
    "制发行政规范性文件4件，废止1件，现行有效20件。",
    "行政规范性文件制发4件、废止1件，现行有效行政规范性文件共20件。",
    "全年制定规章和行政规范性文件4件。",
    "未制发规章。",
    "作出行政许可决定100件、行政处罚决定30件。",
    "全年行政事业性收费12.5万元，即125000元。",
]
"""Every one of these is true of the tables."""

SILENT = [
    "2023年，我局收到政府信息公开申请30件。",
    "2022年收到政府信息公开申请20件，2023年收到政府信息公开申请25件。",
    "上年度收到政府信息公开申请20件。",
    "去年同期共收到政府信息公开申请20件。",
    "政府信息公开申请较上年减少8件。",
    "收到政府信息公开申请12件，比2023年增加5件，增长71%。",
    "收到政府信息公开申请12件，较2023年的20件减少8件。",
    "自2019年以来，累计收到政府信息公开申请100件。",
    "上半年收到政府信息公开申请6件。",
    "第三季度收到政府信息公开申请3件。",
    "收到政府信息公开申请10余件。",
    "共收到政府信息公开申请约10件。",
    "通过网络收到政府信息公开申请8件。",
    "收到涉及征地补偿的政府信息公开申请3件。",
    "收到自然人提出的政府信息公开申请10件。",
    "全年办理12345热线工单2840件，办结2840件。",
    "通过12345平台受理诉求累计2840件，已办理2840件，办理率100%。",
    "收到群众来信30件，已全部答复。",
    "处理信访举报投诉件20件。",
    "办理人大建议12件、政协提案8件，答复率100%。",
    "受理网络问政182件，办结182件。",
    "接待来访咨询300人次，答复咨询300件。",
    "受理行政许可申请500件，办结490件。",
    "主动公开政府信息2139条。",
    "主动公开政府信息100条，其中规范性文件类9条，财政信息30条。",
    "审核公文属性500件，其中主动公开380件、依申请公开100件、不予公开20件。",
    "通过门户网站发布信息607条，其中主动公开380条，依申请公开及不予公开200条。",
    "全年公开规范性文件8件，解读规范性文件10件。",
    "清理行政规范性文件30件。",
    "开展公平竞争审查，审查规范性文件15件。",
    "公示行政许可、行政处罚信息300条。",
    "受理行政许可、行政处罚案卷查询5件。",
    "全年共办理行政复议案件200件。",
    "办理涉政府信息公开行政复议答复3件、行政诉讼应诉2件。",
    "制定行政规范性文件4件，均已公开；汇编规范性文件20件，共有规范性文件30件。",
    "受理政府信息公开申请12件（去年14件）。",
    "共有8件政府信息公开申请通过网络提交。",
    "政府信息公开申请办理平均用时12个工作日。",
    "公开行政复议决定书20份。",
    "5件政府信息公开申请经沟通后撤回。",
    "对收到的5件政府信息公开申请召开协调会。",
    "修订政府信息公开申请答复文书示范文本15份。",
    "编发政府信息公开申请典型案例8件。",
    "回应公众对政府信息公开申请的咨询35次。",
    "公布行政许可决定300件，行政处罚决定80件。",
    "有效避免政府信息公开行政复议、行政诉讼的发生。",
    "切实降低政府信息公开行政复议、行政诉讼风险。",
    "如未收到政府信息公开申请，也应当如实报告。",
    "目前未收到该申请人提交的补正材料。",
    "全年没有应公开而不予公开的情况。",
    "无需申请公开的信息一律主动公开。",
    "高效办成一件事，推进政府信息公开申请规范办理。",
    "2025年，力争政府信息公开申请办理零差错。",
    "开展培训5次，参训300人次，其中机关120人次。",
    "门户网站访问量1016823次，其中专栏303855次。",
    "第三方评估得分96.5分，列全市第2位。",
    "我局政府信息公开热线电话0591-86177916，工作日8时至17时接听。",
]
"""None of these is about the bureau's requests of the year as a whole."""

DIFFER = [
    ("2024年，我局共收到政府信息公开申请13件。", [REQUESTS_WRONG]),
    ("2024年，我局共收到政府信息公开申请14件。", [REQUESTS_DOUBTFUL]),
    ("全年新收政府信息公开申请14件。", [REQUESTS_WRONG]),
    ("全年受理政府信息公开申请13件。", [REQUESTS_WRONG]),
    ("收到政府信息公开申请十五件。", [REQUESTS_WRONG]),
    ("收到政府信息公开申请两件。", [REQUESTS_WRONG]),
    ("共收到依申请公开 26 件。", [REQUESTS_WRONG]),
    ("2024年度共收到公开申请11宗。", [REQUESTS_WRONG]),
    ("较好完成全年任务，收到政府信息公开申请11份。", [REQUESTS_WRONG]),
    ("收到政府信息公开申请12件，上年结转3件。", [REQUESTS_WRONG]),
    ("收到政府信息公开申请12件，结转下年度办理2件。", [REQUESTS_WRONG]),
    ("收到政府信息公开申请12件，3件结转下年度继续办理。", [REQUESTS_WRONG]),
    ("收到政府信息公开申请12件，1件尚未办结，2件正在办理。", [REQUESTS_DOUBTFUL]),
    ("2024年未收到政府信息公开申请。", [REQUESTS_WRONG]),
    ("全年没有收到公民、法人和其他组织提出的政府信息公开申请。", [REQUESTS_WRONG]),
    ("2024年暂未接到群众对依申请公开信息申请。", [REQUESTS_WRONG]),
    ("2024年我局未收到依申请公开事宜。", [REQUESTS_WRONG]),
    ("本年度我局无依申请公开情况。", [REQUESTS_WRONG]),
    ("未发生政府信息公开申请事项。", [REQUESTS_WRONG]),
    ("收到政府信息公开申请0件。", [REQUESTS_WRONG]),
    ("政府信息公开申请为零。", [REQUESTS_WRONG]),
    ("收到政府信息公开申请12件，无上年结转的申请。", [REQUESTS_WRONG]),
    ("收到政府信息公开申请12件，无结转下年度继续办理的申请。", [REQUESTS_WRONG]),
    ("收到政府信息公开申请12件，均已办结。", [RESULTS_DOUBTFUL]),
    ("政府信息公开申请办结率达100%。", [RESULTS_DOUBTFUL]),
    ("收到政府信息公开申请12件，办结14件。", [RESULTS_WRONG]),
    ("收到政府信息公开申请12件，办结12件。", [RESULTS_DOUBTFUL]),
    ("收到政府信息公开申请12件，办结10件。", [RESULTS_WRONG]),
    ("全年未发生行政复议、行政诉讼。", [PROCEEDINGS_DOUBTFUL]),
    ("收到政府信息公开申请12件，答复15件。", [RESULTS_WRONG]),
    ("收到政府信息公开申请12件，答复11件。", [RESULTS_DOUBTFUL]),
    ("收到政府信息公开申请12件，予以公开4件。", [RESULTS_WRONG]),
    ("收到政府信息公开申请12件，其中无法提供3件。", [RESULTS_WRONG]),
    ("收到政府信息公开申请12件，1件属于国家秘密。", [RESULTS_WRONG]),
    ("收到政府信息公开申请12件，其中不予公开2件，不予处理1件。", [RESULTS_WRONG, RESULTS_WRONG]),
    ("收到政府信息公开申请12件，其中自然人9件，企业3件。", [REQUESTS_WRONG]),
    (
        "收到政府信息公开申请12件，其中自然人9件，法人或其他组织2件。",
        [REQUESTS_WRONG, SUM_WRONG],
    ),
    ("收到政府信息公开申请12件，其中网络申请8件，信函申请3件。", [SUM_DOUBTFUL]),
    ("收到政府信息公开申请12件，其中网络申请8件，信函申请8件。", [SUM_DOUBTFUL]),
    ("全市共收到政府信息公开申请3000件。", [REQUESTS_DOUBTFUL]),
    ("市政务服务中心收到政府信息公开申请3件。", [REQUESTS_DOUBTFUL]),
    ("市商务局收到政府信息公开申请3件。", [REQUESTS_WRONG]),
    ("本年度新收政府信息公开申请12件，结转上年申请3件。", [REQUESTS_WRONG]),
    ("政府信息公开行政复议4件。", [PROCEEDINGS_WRONG]),
    ("我局被申请政府信息公开行政复议2件。", [PROCEEDINGS_DOUBTFUL]),
    ("我局被申请政府信息公开行政复议4件。", [PROCEEDINGS_WRONG]),
    ("未发生因政府信息公开引发的行政复议、行政诉讼。", [PROCEEDINGS_WRONG]),
    ("全年没有因政府信息公开针对我局申请行政复议或行政诉讼的事项。", [PROCEEDINGS_WRONG]),
    ("全年未发生一起因政府信息公开引起的行政诉讼案件。", [PROCEEDINGS_WRONG]),
    ("政府信息公开行政复议、行政诉讼均为零。", [PROCEEDINGS_WRONG]),
    ("政府信息公开行政复议3件，均被维持，无被纠正情形。", [PROCEEDINGS_WRONG]),
    ("政府信息公开行政复议3件，其中结果维持3件。", [PROCEEDINGS_WRONG]),
    (
        "政府信息公开行政复议3件，其中结果维持2件，结果纠正2件，其他结果0件，尚未审结0件。",
        [PROCEEDINGS_WRONG, SUM_WRONG],
    ),
    ("复议后起诉2件（政府信息公开类）。", [PROCEEDINGS_WRONG]),
    ("制发行政规范性文件5件。", [DOCUMENTS_WRONG]),
    ("制发行政规范性文件4件，废止2件。", [DOCUMENTS_WRONG]),
    ("制发行政规范性文件4件，废止文件2件。", [DOCUMENTS_DOUBTFUL]),
    ("现行有效行政规范性文件共21件。", [DOCUMENTS_WRONG]),
    ("制发规章1件、行政规范性文件4件。", [DOCUMENTS_WRONG]),
    ("未制发行政规范性文件。", [DOCUMENTS_WRONG]),
    ("立案查处违法行为并作出行政处罚决定31起。", [DOCUMENTS_WRONG]),
    ("全年办理行政许可130件。", [DOCUMENTS_DOUBTFUL]),
    ("未作出行政强制决定。", [DOCUMENTS_WRONG]),
    ("行政事业性收费15万元。", [FEES_WRONG]),
    ("未收取行政事业性收费。", [FEES_WRONG]),
    ("主动公开信息100条，其中政策20条，财政30条，其他信息40条。", [SUM_WRONG]),
    ("主动公开信息100条，其中网站60条，公众号50条。", [SUM_DOUBTFUL]),
    ("发布信息607条，其中主动公开380份，依申请公开及不予公开319份。", [SUM_DOUBTFUL]),
    ("发布信息90条（甲科30条、乙科30条、丙科20条）。", [SUM_DOUBTFUL]),
]


@pytest.mark.parametrize("sentence", AGREE)
def test_a_sentence_that_agrees_with_the_tables_gives_nothing(sentence: str) -> None:
    assert said(sentence) == ()


@pytest.mark.parametrize("sentence", SILENT)
def test_a_sentence_about_something_else_gives_nothing(sentence: str) -> None:
    assert said(sentence) == ()


@pytest.mark.parametrize(("sentence", "expected"), DIFFER)
def test_a_sentence_that_differs_is_found_and_weighed(
    sentence: str, expected: list[tuple[str, str]]
) -> None:
    found = said(sentence)
    assert kinds(found) == expected
    assert all(sentence in (one.where.sentence or "") for one in found)
