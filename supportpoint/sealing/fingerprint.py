"""Eight plain words that two people compare: is this device the one that the server enrolled?

The words are made from the device's public keys and from the server's and the root's, so that whoever
stands between the two has to show other words to one of them.
"""

from __future__ import annotations

import hashlib
import unicodedata

COUNT = 8
LABEL = b"supportpoint fingerprint 1\n"
#: Slow on purpose: who stands between may try keys of both sides until the words fit, about 2^32 times.
_COST, _BLOCK, _LANES = 2**14, 8, 1

#: 256 Vietnamese words of one syllable, all different without their marks too. Never reordered.
WORDS = """
ao ăn ấm anh bà bàn bánh báo bát bay bắp bé bếp biển bò bóng bơi bún bụng bút bướm cá cam cao cát
cau cày chai chân chậu chè chén chị chim chó chổi chua chuối chuông cỏ cọc con cơm cua củi da dao
dây dép dê dừa đàn đất đèn đêm đi đồi đỏ đồng đường em ếch én ga gạo gấu gió giá giày giếng giường
gỗ gối gừng gương hạt hang heo hè hoa hồ hồng hến kéo kem kê khăn khế khoai khói khô khung kiến kim
lá lạc lạnh lau lên lều lợn lò lúa lưng lưới măng mai mắt mây mèo me mì mía miệng mít môi mỏ mũ mũi
mưa muỗi mực muỗng nai năm nắng ngày nghé ngô ngói ngón ngủ ngựa người nhà nhãn nhện nho nón nồi nơ
núi nuôi nước nương ong ốc ổi ớt phao phấn phố phơi quả quạt quần quýt răng rau rắn rẫy rễ rìu rổ
rơm rùa rừng ruộng sách sao sáu sân sẻ sen sóc sỏi sông suối sữa sương tai tay tàu tắm tặng táo tỏi
tóc tôm tổ thang thác thau thìa thịt thỏ thóc thuyền thư thước tím tiền tiếng trái trán trăng trâu
tre trống trời trứng trường tủ tuổi tường túi ủng vai vàng váy vắt ve vịt voi vở vòng vườn xe xẻng
xoài xoan xôi xanh xuân yên yếm tròn vuông dài ngắn nhẹ nhanh chậm hai bốn chín nghìn sáng chiều
trưa bắc vui cười khóc đọc viết
""".split()  # noqa: SIM905 - a list would be 256 lines


def make_fingerprint(sign_public: bytes, seal_public: bytes, server_public: bytes, root_public: bytes) -> str:
    """Return eight words with spaces between: the same on the device and on the server, or somebody lies.

    Shape:  one word for each of the first 8 bytes of scrypt (N = 2^14, r = 8, p = 1, salt `LABEL`) of the
            four public keys, 32 bytes each, in this order. Takes about 50 ms.
    """
    keys = sign_public + seal_public + server_public + root_public
    digest = hashlib.scrypt(keys, salt=LABEL, n=_COST, r=_BLOCK, p=_LANES, dklen=COUNT)
    return " ".join(WORDS[byte] for byte in digest)


def same_fingerprint(one: str, other: str) -> bool:
    """Return whether two people mean the same words, with or without marks, in any case."""
    return _plain(one) == _plain(other)


def _plain(words: str) -> list[str]:
    marked = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    return "".join(letter for letter in marked if not unicodedata.combining(letter)).split()
