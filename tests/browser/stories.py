"""What is written and asked for in the journeys: for each language a tutorial, and a question for it with slips in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """`question` is what a reader types who spells badly; it names `title`."""

    locale: str
    title: str
    summary: str
    text: str
    question: str
    picture: str
    comment: str


PARCEL = Story(
    "en",
    "Track a parcel on its way",
    "See where your parcel is right now.",
    "1. Open the parcels.\n2. Press the number.\n\n## What can go wrong\n\nThe harbor may be closed.\n\n",
    "where is my parcle on its wy",
    "A sailing boat leaving the harbor",
    "My number begins with letters.",
)
REFUND = Story(
    "en",
    "Ask for a refund",
    "Get your money back within thirty days.",
    "1. Open the invoice.\n2. Press the refund.\n\n## How long it takes\n\nThree days.\n\n",
    "how do I get a refnud",
    "An invoice with its number marked",
    "There was no such button.",
)
PASSWORD = Story(
    "ar",
    "تغيير كلمة المرور",
    "اختر كلمة مرور جديدة في دقيقة واحدة.",
    "1. افتح الإعدادات.\n2. اضغط كلمة المرور.\n\n## ما قد يحدث\n\nانتهت صلاحية الرابط.\n\n",
    "تغيير كلمة المرورر",
    "صفحة الإعدادات",
    "لم يصل الرابط.",
)
ADDRESS = Story(
    "en",
    "Change the delivery address",
    "Send the next parcel somewhere else.",
    "1. Open the order.\n2. Press the address.\n\n## Until when\n\nUntil it is on board.\n\n",
    "chnage delivry adress",
    "The order with its address marked",
    "It was on board already.",
)
MEMBER = Story(
    "en",
    "Cancel a membership",
    "Stop paying at the end of the month.",
    "1. Open the membership.\n2. Press the date.\n\n## What you keep\n\nYour invoices.\n\n",
    "cancell my membrship",
    "The last day of a membership",
    "It asked me to call.",
)
INVOICE = Story(
    "ar",
    "تنزيل الفاتورة",
    "احصل على الفاتورة بصيغة ملف.",
    "1. افتح الحساب.\n2. اضغط الفاتورة.\n\n## أين تجدها\n\nفي صفحة الحساب.\n\n",
    "تنزيل الفاتوره الفاتووورة",
    "صفحة الحساب",
    "الزر غير موجود.",
)
DELIVERY = Story(
    "ar",
    "تغيير عنوان التوصيل",
    "أرسل الطرد التالي إلى مكان آخر.",
    "1. افتح الطلب.\n2. اضغط العنوان.\n\n## حتى متى\n\nحتى تغادر السفينة.\n\n",
    "تغيير عنوان التوصييل",
    "الطلب وعنوانه",
    "غادرت السفينة قبل ذلك.",
)
MEMBERSHIP = Story(
    "ar",
    "إلغاء العضوية",
    "توقف عن الدفع في نهاية الشهر.",
    "1. افتح العضوية.\n2. اضغط التاريخ.\n\n## ما يبقى لك\n\nفواتيرك.\n\n",
    "الغاء العضويه العضووية",
    "آخر يوم في العضوية",
    "طُلب مني الاتصال.",
)
