"""Families by the shape of addresses, by marks in the page, and by what is described of the host."""

import pytest

from civic_etl.sources import FAMILIES, Source, confirms, detect, get_family, weigh

# Made up in the shapes of the real systems; two or more a family.
SHAPES = {
    "epi": [
        "https://bao.example.vn/phuong-ha-tong-ket-nam-2022-post7453.html",
        "https://tin.example.vn/xa-thuong-hop-hdnd-post121212.vnp",
    ],
    "onecms": ["https://bao.example.vn/phuong-ha-tong-ket-cong-tac-nam-2024-10276453.html"],
    "channel": [
        "http://bao.example.vn/channel/5083/202012/thanh-tuu-kinh-te-2541740/",
        "https://bao.example.vn/kinh-te/202104/xa-thuong-ve-dich-nong-thon-moi-3056789",
        "https://bao.example.vn/xa-hoi/202007/xa-thuong-ve-dich-1b2c3d4/",
    ],
    "a_id": ["https://bao.example.vn/xa-thuong-thu-ngan-sach-vuot-ke-hoach-a130145.html"],
    "htm_id": [
        "https://bao.example.vn/hdnd-xa-thuong-thong-qua-nghi-quyet-272396.htm",
        "http://bao.example.vn/thoi-su/huyen-ha-ve-dich/128660.htm",
    ],
    "id7": ["https://bao.example.vn/phuong-ha-ky-hop-thu-ba-3152647.html"],
    "liferay": [
        "http://phuongha.example.gov.vn/tin-moi?p_p_id=101&_101_struts_action=%2Fasset_publisher%2Fview_content",
        "https://quanha.example.gov.vn/web/guest/tin-tuc/-/view_content/1234-hop-hdnd.html",
        "https://quanha.example.gov.vn/tin/-/asset_publisher/aBc/content/hop-hdnd",
    ],
    "sharepoint": [
        "https://tinh.example.gov.vn/Pages/2023-01-30/Hop-giao-ban-468686.aspx",
        "http://tinh.example.gov.vn/Trang/chi-tiet-tin-tuc.aspx?nid=912",
    ],
    "vnpt": ["https://tinh.example.gov.vn/1227/27461/54439/293909/tin-trong-tinh/hop-hdnd-xa"],
    "nukeviet": [
        "http://huyenha.example.vn/vi/news/Tin-trong-huyen/Them-11-xa-dat-chuan-40408.html",
        "http://huyenha.example.vn/index.php?language=vi&nv=news&op=tin",
    ],
    "wordpress": [
        "http://phuongha.example.gov.vn/?p=1614",
        "https://tpha.example.gov.vn/ky-hop-thu-5-hdnd-phuong-ha-khoa-vii/",
        "https://tpha.example.gov.vn/wp-content/uploads/2021/01/bao-cao.pdf",
    ],
    "drupal": ["https://vanphong.example.gov.vn/node/74804", "https://xaha.example.gov.vn/hop-hdnd-xa-0"],
    "dnn": [
        "http://so.example.gov.vn/ns/tabid/255/post/3011/Du-toan.aspx",
        "https://tpha.example.gov.vn/Default.aspx?sid=1297&pageid=31378&catid=66394&id=628973",
    ],
    "generic": ["https://trang.example.vn/vi?id=home", "http://trang.example.vn/doi-song/"],
}  # fmt: skip

PAGES = {
    "epi": "<script>var cmsConfig = {}</script><h1 class='x'></h1><div class=\"article__body cms-body\">",
    "onecms": '<img src="https://i.1cdn.vn/a.jpg"><h1 class="block-sc-title">',
    "onecms_old": '<script src="/script/oneAds.js"></script><h1 class="c-detail-head__title">',
    "channel": '<link href="/common/v1/css/a.css"><div class="date">Cập nhật lúc 19:45, Thứ Bảy, 27/06/2020</div>',
    "a_id": '<div class="content-fck"><p>',
    "htm_id": '<div id="main-detail"><p class="pBody">',
    "id7": '<article class="card card--news"><div class="sapo">',
    "liferay": "<script>Liferay.ThemeDisplay = {}</script>",
    "sharepoint": '<a href="#">Skip Ribbon Commands</a>',
    "vnpt": '<div class="PostDate">1/1</div><div class="ArticleSummary"></div><div class="ArticleContent"></div>',
    "nukeviet": '<meta name="generator" content="NukeViet v4.5"><div id="news-bodyhtml">',
    "wordpress": '<meta name="generator" content="WordPress 5.8.1" /><link href="/wp-content/themes/a/style.css">',
    "drupal": '<meta name="Generator" content="Drupal 9 (https://www.drupal.org)" />',
    "dnn": '<input id="__dnnVariable"><span id="dnn_ctr401_lblNoiDung">',
}


@pytest.mark.parametrize(("family", "url"), [(name, url) for name, urls in SHAPES.items() for url in urls])
def test_shape_of_the_address(family: str, url: str) -> None:
    assert detect(url, sources={}) == family, [e for e in weigh(url, sources={}) if e.score > 0]


@pytest.mark.parametrize("family", PAGES)
def test_marks_in_the_page_settle_it_whatever_the_address(family: str) -> None:
    assert detect("https://bao.example.vn/mot-tin-77800.html", PAGES[family], sources={}) == family
    assert [name for name in PAGES if name != family and confirms(name, "https://x.example.vn/", PAGES[family])] in (
        [],
        ["onecms"],
        ["onecms_old"],
    ), "only the two themes of one system share marks"


def test_every_family_with_marks_is_tried_here() -> None:
    assert set(PAGES) | {"generic"} == set(FAMILIES)


@pytest.mark.parametrize("family", [name for name in PAGES if name != "id7"])
def test_a_page_confirms_its_family(family: str) -> None:
    assert confirms(family, "https://bao.example.vn/a.html", PAGES[family])
    assert not confirms(family, "https://bao.example.vn/a.html", "<html><h1>Hệ thống đang bảo trì</h1></html>")


def test_generic_has_no_marks_to_confirm() -> None:
    assert confirms("generic", "https://x.example.vn/", "<p>")


def shared_host(family: str) -> dict[str, Source]:
    """A described host of that family."""
    source = Source.model_validate(
        {"name": "b", "title": "B", "hosts": ["bao.example.vn"], "level": "newspaper", "periods": [{"family": family}]}
    )
    return {"b": source}


@pytest.mark.parametrize("family", ["id7", "onecms", "onecms_old"])
def test_a_described_host_settles_a_shape_that_several_share(family: str) -> None:
    url = "https://bao.example.vn/phuong-ha-ky-hop-thu-ba-3152647.html"
    assert detect(url, sources=shared_host(family)) == family
    assert detect(url.replace("//", "//www."), sources=shared_host(family)) == family


def test_the_page_is_stronger_than_the_description() -> None:
    url = "https://bao.example.vn/phuong-ha-ky-hop-thu-ba-3152647.html"
    assert detect(url, PAGES["wordpress"], sources=shared_host("id7")) == "wordpress"


def test_weights_are_told() -> None:
    best = weigh("https://bao.example.vn/a-post1.html", PAGES["epi"], sources={})[0]
    assert best.family == "epi" and best.page_score > 0
    assert "url: -post<id>.html" in best.marks and "page: cmsConfig" in best.marks


@pytest.mark.parametrize("url", ["", "http://", "không phải địa chỉ", "https://a.example.vn/" + "x" * 5000])
def test_rubbish_is_generic(url: str) -> None:
    assert detect(url, sources={}) == "generic"


@pytest.mark.parametrize(("family", "url"), [(n, u) for n, urls in SHAPES.items() for u in urls if "?" not in u])
def test_files_and_feeds_are_no_articles(family: str, url: str) -> None:
    kind = get_family(family)
    assert not kind.is_article("https://bao.example.vn/a-tin-post1.pdf")
    assert not kind.is_article("https://bao.example.vn/feed/")
    assert not kind.is_article("https://bao.example.vn/")
