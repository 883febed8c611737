"""Documents made for tests: the smallest files of each form that real programs would accept."""

import io
import zipfile

import docx
import pypdf

SENTENCE = "我局于2024年1月12日对你单位进行现场检查，发现电镀车间废水处理设施未正常运行。"
DECISION = f"""示例市生态环境局
行政处罚决定书

示环罚〔2024〕15号
当事人：晨星示例电镀有限公司
{SENTENCE}
依据《中华人民共和国水污染防治法》第八十三条第二项的规定，决定罚款人民币贰拾万元整。

示例市生态环境局
2024年3月1日
"""
PAGE = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=CHARSET">
<title>关于晨星示例电镀有限公司的处罚决定_行政处罚_示例市生态环境局</title>
<script>var menu = "首页菜单";</script></head><body>
<div class="top"><a href="/">首页</a> | <a href="/a">政务公开</a> |
<a href="/b">办事服务</a> | <a href="/c">互动</a></div>
<div class="content"><h1>关于晨星示例电镀有限公司的处罚决定</h1>
<div class="info">发布时间：2024-03-05　来源：示例执法支队　作者：王某某　浏览次数：128</div>
<div class="TRS_Editor"><p>示环罚〔2024〕15号</p><p>{SENTENCE}</p>
<p>你单位的上述行为违反了《中华人民共和国水污染防治法》第十条的规定。</p>
<table><tr><td>处罚种类</td><td>罚款</td></tr><tr><td>金额</td><td>200000元</td></tr></table></div></div>
<div class="footer"><a href="/d">网站地图</a> 网站标识码：3199000001 版权所有</div></body></html>"""


def page(*, encoding: str, declared: str, text: str = PAGE) -> bytes:
    return text.replace("CHARSET", declared).encode(encoding)


def pdf(lines: list[str], *, pages: int = 1, mapped: bool = True) -> bytes:
    """Return a PDF whose font names its characters (`mapped`), or one that draws them without saying which they are."""
    shown = "\n".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines)
    content = f"BT /F1 12 Tf 16 TL 50 780 Td\n{shown}\nET".encode()
    starts = [] if mapped else range(0x4E00, 0x9A00, 0x1400)
    ranges = [f"<{start:04X}> <{start + 0x13FF:04X}> <E000>" for start in starts] or ["<0000> <FFFF> <0000>"]
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(ranges)} beginbfrange\n"
        + "\n".join(ranges)
        + "\nendbfrange\nendcmap end end"
    ).encode()
    kids = " ".join(f"{10 + number} 0 R" for number in range(pages))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 5 0 R >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (Identity) /Supplement 0 >> /DW 1000 >>",
        5: f"<< /Length {len(cmap)} >>\nstream\n".encode() + cmap + b"\nendstream",
        6: f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream",
    }
    for number in range(pages):
        objects[10 + number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>"
        )
    return _with_table(objects)


def _with_table(objects: dict[int, bytes]) -> bytes:
    body, places = bytearray(b"%PDF-1.4\n"), {}
    for number, content in objects.items():
        places[number] = len(body)
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start, count = len(body), max(objects) + 1
    body += f"xref\n0 {count}\n0000000000 65535 f \n".encode()
    for number in range(1, count):
        body += f"{places[number]:010d} 00000 n \n".encode() if number in places else b"0000000000 00000 f \n"
    body += f"trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(body)


def locked(data: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def blank_pdf(pages: int) -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def word(text: str, *, table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, content in zip(row.cells, cells, strict=True):
                cell.text = content
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def archive(entries: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in entries.items():
            container.writestr(name, content)
    return written.getvalue()


def letter(*parts: tuple[str, bytes], subject: str = "关于夜间恶臭的举报", charset: str = "utf-8") -> bytes:
    """Return a letter of several parts, each its header lines and its bytes as they are."""
    from email.header import Header

    head = (
        f"From: {Header('陈示例', charset).encode()} <letters@example.org>\r\nTo: office@example.org\r\n"
        f"Subject: {Header(subject, charset).encode()}\r\nDate: Tue, 05 Mar 2024 23:10:00 +0800\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n"
    )
    body = b"".join(b"--cut\r\n" + lines.encode() + b"\r\n\r\n" + content + b"\r\n" for lines, content in parts)
    return head.encode() + body + b"--cut--\r\n"
