"""Leaks as they happen: invented children, and sentences that tell who one of them is.

Each leak is put into a real PDF and must be found again, or ``missed`` says why it is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oscb_desktop.domain.disclosure.needles import Identity

TAMSEL = Identity(
    "CH-2021-01",
    "Quennerby",
    "Tamsel Irrin",
    "Tams",
    date(2011, 6, 3),
    "999 000 1007",
    "3 Thimble Yard, Little Marrowby, Oxmere ZZ9 4QT",
    "Saint Orfrey's Church of England Primary School",
    "Ostrell Quennerby (father) and Lissan Vaudrey (mother)",
    "Corvane, 7, and a baby",
    ("SIN-2021-004417", "2021/11873"),
)
ELIZABETH = Identity(
    "CH-2021-02",
    "Brantingwell-Ashmole",
    "Elizabeth Anne-Marie",
    "",
    date(2019, 12, 21),
    "9990001015",
    "Flat 2, 14 Tannery Hill Road\nPellmoor\nZX12 8BD",
    "Pellmoor Infant School and Nursery",
    "Mirabeth Ashmole (mother)",
)
ZOFIA = Identity(
    "CH-2021-03", "Łapuszyńska", "Zofia", "", date(2008, 2, 9), "", "", "", "Grażyna (mother)"
)
JOSE = Identity("CH-2021-04", "Núñez Ferrándiz", "José Ángel", "", date(2015, 1, 30))
WILLIAM = Identity("CH-2021-05", "O'Marrighan", "William Peter", "", date(2021, 11, 12))
GRACE = Identity("CH-2021-06", "Winterbourne", "Grace May", "", date(2010, 5, 1))
WILL = Identity("CH-2021-07", "Green", "Will", "", date(2012, 8, 23))
KATHERINE = Identity("CH-2021-08", "Martindell", "Katherine Rose", "", date(2006, 4, 17))
MACKENZIE = Identity("CH-2021-09", "McAllendale", "Joseph", "", date(2013, 10, 2))
AMINA = Identity("CH-2021-10", "Al-Rasheedi", "Amina Noor", "", date(2017, 7, 7))
ALEXANDER = Identity(
    "CH-2021-11",
    "de Vrooman",
    "Alexander",
    "",
    date(2014, 9, 28),
    "999 000 1023",
    "The Old Bellows, Upper Tarnwick, ZY3 7AA",
    "Park Academy",
)

CHILDREN = (
    TAMSEL, ELIZABETH, ZOFIA, JOSE, WILLIAM, GRACE, WILL, KATHERINE, MACKENZIE, AMINA, ALEXANDER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leak:
    """One sentence that tells who a child is; a line break in it is one on the page."""

    sort: str
    child: Identity
    text: str
    missed: str = ""


def leaks(sort: str, *said: tuple[Identity, str] | tuple[Identity, str, str]) -> tuple[Leak, ...]:
    """Return leaks of one sort: whose, the text, and why it is missed if it is."""
    return tuple(Leak(sort, *one) for one in said)


SPLIT = leaks(
    "Name split over lines",
    (TAMSEL, "At the meeting the health visitor spoke about Tamsel\nQuennerby and her brother."),
    (TAMSEL, "At the meeting the health visitor spoke about Tamsel Irrin\nQuennerby at length."),
    (ELIZABETH, "The midwife wrote of Elizabeth Brantingwell\nAshmole that she was thriving."),
    (ZOFIA, "Somebody had typed the words Zofia\nŁapuszyńska in the margin of the form."),
    (WILL, "There was nobody at home when the worker called, said Will\nGreen in his own words."),
    (TAMSEL, "The letter was for the parents of Tamsel Quenn\nerby and came back unopened."),
    (KATHERINE, "The form gives the name as Katherine Martin\ndell in two places."),
    (JOSE, "The school had recorded José\nÁngel\nNúñez\nFerrándiz in a narrow column."),
)
HYPHENATED = leaks(
    "Hyphenated at a line's end",
    (TAMSEL, "At the second visit the worker asked for Quen-\nnerby, who was not at home."),
    (ELIZABETH, "The record of Brant-\ningwell was kept in another office for a year."),
    (KATHERINE, "On that day the nurse saw Martin-\ndell for the second time."),
    (GRACE, "The teacher of Winter-\nbourne had written twice."),
    (ZOFIA, "Nobody had asked Łapu-\nszyńska what she wanted."),
    (TAMSEL, "The worker wrote to Quen\u00ad\nnerby about the appointment."),
    (ELIZABETH, "The midwife wrote of Brantingwell-\nAshmole that she was thriving."),
)
POSSESSIVE = leaks(
    "Possessive",
    (TAMSEL, "Nobody had heard Tamsel's view."),
    (TAMSEL, "It was Quennerby’s third move that year."),
    (WILLIAM, "The bruise on William O’Marrighan’s arm was seen by two people."),
    (GRACE, "It fell to Grace's teacher to ask."),
    (ALEXANDER, "The nurse had Alexander's notes and the family's address."),
    (TAMSEL, "The Quennerbys' new flat had no heating."),
    (KATHERINE, "This was the Martindells' second appointment."),
)
DIACRITICS = leaks(
    "Diacritics",
    (ZOFIA, "The nurse wrote Lapuszynska on the envelope."),
    (ZOFIA, "The nurse wrote ŁAPUSZYŃSKA on the envelope."),
    (ZOFIA, "The aunt, Grazyna, rang the school."),
    (JOSE, "Jose Nunez was seen at home."),
    (JOSE, "The form names him as Jose\u0301 Ferra\u0301ndiz."),
    (TAMSEL, "The form names her as Tamsél Quénnerby."),
    (ELIZABETH, "The form names her as Élizabeth Brántingwell."),
)
CAPITALS = leaks(
    "Other capitals and spacing",
    (TAMSEL, "The text message read: tamsel said she was hungry again."),
    (TAMSEL, "QUENNERBY WAS SEEN BY THE NURSE"),
    (WILLIAM, "The log says omarrighan and nothing else."),
    (KATHERINE, "The log says KATHERINE MARTINDELL and nothing else."),
    (MACKENZIE, "The log says Mcallendale and nothing else."),
    (ALEXANDER, "the log says alexander de vrooman and nothing else."),
    (TAMSEL, "The heading was Q U E N N E R B Y in large letters."),
    (TAMSEL, "The message was sent from tamselquennerby@mail.example at noon."),
    (TAMSEL, "The file was saved as tquennerby_notes_v2.docx at noon."),
    (WILL, "WILL GREEN WAS SEEN BY THE NURSE"),
    (
        WILL,
        "the message says will green was hungry.",
        "Both words are everyday English and neither has a capital: nothing tells them from "
        "ordinary words.",
    ),
)
DOUBLE = leaks(
    "Double-barrelled in parts",
    (ELIZABETH, "The note mentions Ashmole once."),
    (ELIZABETH, "The note mentions Mrs Brantingwell once."),
    (ELIZABETH, "The note mentions Brantingwell Ashmole once."),
    (ELIZABETH, "The note mentions Anne-Marie once."),
    (ELIZABETH, "The note mentions Annemarie once."),
    (JOSE, "The note mentions Ferrándiz once."),
    (AMINA, "The note mentions Rasheedi once."),
    (AMINA, "The note mentions Alrasheedi once."),
    (MACKENZIE, "The note mentions Mc Allendale once."),
    (WILLIAM, "The note mentions O Marrighan once."),
)
FORENAMES = leaks(
    "Forename alone",
    (TAMSEL, "Tamsel was hungry."),
    (TAMSEL, "In the playground Irrin was alone."),
    (ELIZABETH, "Nobody asked Elizabeth."),
    (ZOFIA, "Zofia had moved again."),
    (MACKENZIE, "Nobody asked Joseph."),
    (AMINA, "The teacher saw Amina cry."),
    (AMINA, "The teacher saw Noor cry."),
    (TAMSEL, "Nobody asked Tams."),
)
ORDINARY = leaks(
    "Names that are also words",
    (GRACE, "The teacher said that Grace was tired."),
    (GRACE, "Grace Winterbourne was tired."),
    (GRACE, "The aunt said that May was tired."),
    (WILL, "The teacher asked Will what he wanted."),
    (WILL, "The letter was about Will Green."),
    (WILL, "The letter was from Mr Green."),
    (KATHERINE, "The form says Rose Martindell."),
    (WILL, "The letter named W. Green."),
    (WILL, "The register says Green, Will and nothing else."),
    (WILL, "There was a word with the Green family."),
    (
        GRACE,
        "Grace was tired.",
        "A word of everyday English at the beginning of a sentence has its capital anyway, and "
        "nothing else of the name stands near.",
    ),
    (
        GRACE,
        "She was seen again in May.",
        "It says the month: a name would not stand behind “in” without more.",
    ),
)
INITIALS = leaks(
    "Initials",
    (TAMSEL, "The note speaks of T.Q. as hungry."),
    (TAMSEL, "The note speaks of T. Q. as hungry."),
    (TAMSEL, "The note speaks of T.I.Q. as hungry."),
    (TAMSEL, "The note speaks of child TQ as hungry."),
    (KATHERINE, "The note speaks of K.M. as hungry."),
    (TAMSEL, "The note speaks of T. Quennerby as hungry."),
    (KATHERINE, "Martindell was seen twice. After that KM was not seen."),
    (
        KATHERINE,
        "After that KM was not seen.",
        "Two capitals with nothing of the child near them look like any abbreviation.",
    ),
)
NICKNAMES = leaks(
    "Nicknames",
    (ELIZABETH, "The message was from Lizzie."),
    (ELIZABETH, "The message was from Beth."),
    (WILLIAM, "The message was from Billy."),
    (WILLIAM, "The message was from Liam."),
    (KATHERINE, "The message was from Kathy."),
    (KATHERINE, "The message was from Kate."),
    (MACKENZIE, "The message was from Joe."),
    (ALEXANDER, "The message was from Xander."),
    (ALEXANDER, "The message was from Sasha."),
    (GRACE, "The message was from Gracie."),
    (
        TAMSEL,
        "The message was from Mouse.",
        "A pet name that is neither recorded nor in the table of short forms cannot be known.",
    ),
    (ELIZABETH, "the message was from lizzie."),
    (
        ELIZABETH,
        "the message was from liz.",
        "A short form of fewer than five letters needs a capital: many are also words.",
    ),
)
NEAR = leaks(
    "Near spelling",
    (TAMSEL, "The referral was for Quenerby and a baby."),
    (TAMSEL, "The referral was for Quennerbey and a baby."),
    (TAMSEL, "The referral was for Qeunnerby and a baby."),
    (TAMSEL, "The referral was for Tamzel and a baby."),
    (ELIZABETH, "The referral was for Elisabeth and a baby."),
    (ELIZABETH, "The referral was for Brentingwel and a baby."),
    (KATHERINE, "The referral was for Martendale and a baby.", "Three letters differ, not two."),
    (KATHERINE, "The referral was for Catherine and a baby."),
    (KATHERINE, "The referral was for Martindel and a baby."),
    (MACKENZIE, "The referral was for MacAllendale and a baby."),
    (GRACE, "The referral was for Winterborne and a baby."),
    (ZOFIA, "The referral was for Sofia and a baby."),
    (TAMSEL, "the referral was for quenerby and a baby."),
    (
        ELIZABETH,
        "the referral was for ashmale and a baby.",
        "A near spelling without a capital counts from eight letters on: many ordinary words are "
        "near to some shorter name.",
    ),
    (
        JOSE,
        "The referral was for Josie and a baby.",
        "A name of four letters has no near spellings.",
    ),
)
RELATIVES = leaks(
    "Relatives",
    (TAMSEL, "The father, Ostrell, worked nights."),
    (TAMSEL, "The mother gave her name as Vaudrey."),
    (TAMSEL, "Her brother Corvane was at home."),
    (TAMSEL, "Lissan Vaudrey was not asked."),
    (ELIZABETH, "Mirabeth was not asked."),
    (ZOFIA, "Grażyna was not asked."),
)
DATES = leaks(
    "Date of birth in figures",
    (TAMSEL, "Born 03/06/2011, the second of two."),
    (TAMSEL, "Born 3/6/11, the second of two."),
    (TAMSEL, "Born 3.6.11, the second of two."),
    (TAMSEL, "Born 03-06-2011, the second of two."),
    (TAMSEL, "Born 2011-06-03, the second of two."),
    (TAMSEL, "The number 20110603 stood on the label."),
    (TAMSEL, "Born 03 / 06 / 2011, the second of two."),
    (TAMSEL, "Born 03/06/\n2011, the second of two."),
    (TAMSEL, "Born 06/03/2011, the second of two."),
    (
        TAMSEL,
        "Seen first on 06/03/2011, the second of two.",
        "Month before day in figures is not the English way of writing; it reads as 6 March, "
        "unless a birth is spoken of.",
    ),
)
DATES_IN_WORDS = leaks(
    "Date of birth in words",
    (TAMSEL, "The birth was on 3 June 2011."),
    (TAMSEL, "The birth was on 3rd June, 2011."),
    (TAMSEL, "The birth was on the 3rd of June 2011."),
    (TAMSEL, "The birth was on June 3, 2011."),
    (TAMSEL, "The birth was on Friday 3 Jun 2011."),
    (TAMSEL, "The birth was on the third of June 2011."),
    (TAMSEL, "The birth was on the third of June, two thousand and eleven."),
    (TAMSEL, "The birth was on the third of June twenty eleven."),
    (ELIZABETH, "It was the twenty-first of December 2019."),
    (TAMSEL, "She was born on 3 June."),
    (TAMSEL, "Her birthday is on June the third."),
    (TAMSEL, "The birth was on 3 June\n2011."),
    (TAMSEL, "Tamsel was seen on 3rd June at home."),
    (
        TAMSEL,
        "She turned ten in early June 2021.",
        "No day is written, and the age must be reckoned back.",
    ),
)
POSTCODES = leaks(
    "Postcodes",
    (TAMSEL, "The letter went to ZZ9 4QT."),
    (TAMSEL, "The letter went to ZZ94QT."),
    (TAMSEL, "The letter went to zz9 4qt."),
    (TAMSEL, "The letter went to ZZ9\n4QT."),
    (ELIZABETH, "The letter went to ZX12 8BD."),
    (ELIZABETH, "The letter went to ZX12  8BD."),
    (
        TAMSEL,
        "The letter went to ZZ9 4.",
        "A part of a postcode stands for hundreds of homes; it is not sought.",
    ),
)
STREETS = leaks(
    "Streets",
    (TAMSEL, "The flat at 3 Thimble Yard was cold."),
    (TAMSEL, "The flats of Thimble Yard were cold."),
    (ELIZABETH, "The flat at 14 Tannery Hill Rd was cold."),
    (ELIZABETH, "The flat at 14, Tannery Hill\nRoad was cold."),
    (ELIZABETH, "They moved from Tannery Hill Road."),
    (ALEXANDER, "The house called Old Bellows was cold."),
    (TAMSEL, "The family moved to Little Marrowby."),
    (ALEXANDER, "The family moved to Upper Tarnwick."),
    (
        ELIZABETH,
        "They moved from Tannery Hill.",
        "Only a part of the street's name; parts of two everyday words are found too often.",
    ),
)
SCHOOLS = leaks(
    "Schools",
    (TAMSEL, "A teacher at Saint Orfrey's Church of England Primary School rang."),
    (TAMSEL, "A teacher at St Orfrey’s rang."),
    (TAMSEL, "A teacher at St. Orfreys rang."),
    (TAMSEL, "A teacher at St Orfrey's Primary rang."),
    (TAMSEL, "A teacher at St Orfrey's C of E School rang."),
    (ELIZABETH, "A teacher at Pellmoor Infants rang."),
    (ELIZABETH, "A teacher at Pellmoor rang."),
    (ALEXANDER, "A teacher at Park Academy rang."),
    (ALEXANDER, "A teacher at Park School rang."),
    (
        ALEXANDER,
        "A teacher at Park rang.",
        "The only word of the name is everyday English, and no word of schools follows it.",
    ),
    (TAMSEL, "A teacher at SOPS rang.", "Letters that stand for a school are not sought."),
)
NHS = leaks(
    "NHS number",
    (TAMSEL, "The number is 9990001007."),
    (TAMSEL, "The number is 999 000 1007."),
    (TAMSEL, "The number is 999-000-1007."),
    (TAMSEL, "The number is 99 90 00 10 07."),
    (ELIZABETH, "The number is 999 000\n1015."),
    (ALEXANDER, "NHS:9990001023"),
)
REFERENCES = leaks(
    "Reference numbers",
    (TAMSEL, "The notification is SIN-2021-004417."),
    (TAMSEL, "The notification is SIN 2021 004417."),
    (TAMSEL, "The notification is sin2021004417."),
    (TAMSEL, "The hospital's own number is 2021/11873."),
    (TAMSEL, "The hospital's own number is 2021-11873."),
)
ON_PAGES = (
    SPLIT, HYPHENATED, POSSESSIVE, DIACRITICS, CAPITALS, DOUBLE, FORENAMES, ORDINARY, INITIALS,
    NICKNAMES, NEAR, RELATIVES, DATES, DATES_IN_WORDS, POSTCODES, STREETS, SCHOOLS, NHS, REFERENCES,
)  # fmt: skip
"""The leaks that stand on a page, by their sort."""
