"""SharePoint portals: `/Pages/*.aspx`, often with the day as a folder."""

from civic_etl.sources.families.base import Family, Shape

FAMILY = Family(
    name="sharepoint",
    title="SharePoint",
    urls=(
        Shape(r"(?i)/pages/[^?]*\.aspx", 0.9, "/Pages/*.aspx"),
        Shape(r"(?i)/_layouts/", 0.9, "/_layouts/"),
        Shape(r"/Trang/[^?]*\.aspx", 0.7, "/Trang/*.aspx"),
    ),
    marks=(
        Shape(r"Skip Ribbon Commands|_spPageContextInfo", 0.9, "SharePoint script"),
        Shape(r'(?i)<meta[^>]+content="Microsoft SharePoint', 0.9, "generator SharePoint"),
        Shape(r'class="[^"]*\bms-rtestate-field|/_layouts/\d+/', 0.5, "ms-rtestate-field, _layouts"),
        Shape(r"\btandan-(p|span|div)-", 0.5, "tandan-* classes"),
    ),
    articles=(
        r"(?i)/pages/20\d\d-\d{1,2}-\d{1,2}/[^/?]+\.aspx",
        r"(?i)/pages/[^?]*-[0-9a-z]{6,}\.aspx$",
        r"(?i)\.aspx\?.*\b(nid|idtin|itemid|newsid|id)=\d+",
    ),
    not_articles=(r"(?i)[?&](page|pageindex)=",),
    id_params=("nid", "idTin", "idtin", "ItemID", "ItemId", "itemid", "NewsID", "newsid", "ID", "id", "l"),
    paging="?PageIndex={n}",
    indexes=(("listing", "/"),),
)
