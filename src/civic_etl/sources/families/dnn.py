"""DotNetNuke and its WebForms kin: the article is named by tab and item numbers in path or query."""

from civic_etl.sources.families.base import Family, Shape

FAMILY = Family(
    name="dnn",
    title="DNN / WebForms",
    urls=(
        Shape(r"(?i)/tabid/\d+/", 0.95, "/tabid/<n>/"),
        Shape(r"(?i)/default\.aspx\?(?=.*\btabid=\d+)", 0.95, "Default.aspx?tabid="),
        Shape(r"(?i)/default\.aspx\?(?=.*\bsid=\d+)(?=.*\bpageid=\d+)", 0.95, "Default.aspx?sid=&pageid="),
        Shape(r"(?i)/(tid|cid)/[^?]*/cid/[0-9a-f-]{36}", 0.9, "/tid/../cid/<guid>"),
    ),
    marks=(
        Shape(r"__dnnVariable|dnn_ctr\d+|DotNetNuke|/DesktopModules/", 0.8, "DNN script"),
        Shape(r'id="[^"]*lbl(NoiDung|NgayDang|TomTat|TieuDe)"', 0.6, "lblNoiDung and kin"),
    ),
    articles=(
        r"(?i)/tabid/\d+/(?:post|articleid|itemid|newsid)/\d+",
        r"(?i)/default\.aspx\?(?=.*\btabid=\d+)(?=.*\b(?:id|newsviews|itemid|articleid)=\d+)",
        r"(?i)/default\.aspx\?(?=.*\bpageid=\d+)(?=.*[?&]id=\d+)",
        r"(?i)/cid/[0-9a-f-]{36}",
    ),
    id_params=(
        "tabid",
        "TabId",
        "ID",
        "id",
        "NewsViews",
        "ItemID",
        "itemid",
        "ArticleId",
        "articleid",
        "sid",
        "pageid",
    ),
    indexes=(("listing", "/"),),
)
