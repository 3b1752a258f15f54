"""Right prose of the kind that reports are made of, dense with what looks wrong and is not. Invented throughout."""

REPORT = """\
T: Summary of the consultation on local public services and human rights
# Introduction
The consultation on local public services was held in Vienna and online, from 3 to 5 March 2026, pursuant to Human \
Rights Council resolution 57/12. It focused on water, housing and care. It consisted of an opening session, three \
thematic sessions and a closing session.
# Summary of proceedings
## Opening session
The moderator of the opening session, the Chief of the Local Rights Section of the Office of the United Nations High \
Commissioner for Human Rights (OHCHR), Robin Sample, opened the discussion by recalling that 193 Member States had \
adopted the 2030 Agenda for Sustainable Development. Mr. Sample thanked the City of Vienna and introduced the two \
keynote speakers.
The Deputy Mayor of Modelville, Côte d’Ivoire, Aya Example, said that “services are where rights become real”, and \
that nothing in law, budgets or plans should stand in their way. Ms. Example recalled the Constitution of 2016, the \
reforms of the 1990s and the commitments made between 2015 and 2020. She stressed that 42 per cent of households, and \
more than 60 per cent of those headed by women, spent over one third of their income on rent.
The representative of the Islamic Republic of Iran, speaking on behalf of four States, underscored that local \
authorities exercised powers that parliaments had devolved to them. He advised caution in comparing systems that had \
arisen in different ways, and promised to revise the paper his delegation had circulated.
## Thematic sessions
The first session, on the theme “Water for all – what works?”, featured five panellists and was moderated by Ms. \
Example. Panellists shared experiences from Bolivia (Plurinational State of), Cabo Verde, Czechia, the Republic of \
Korea and Türkiye.
A member of the Committee on Economic, Social and Cultural Rights, Sam Specimen, reported that, of 28 municipalities \
studied, 9 had no meter at all and 19 billed by the month. Mr. Specimen noted that tariffs of $3 to $5 per cubic metre \
were common, that a flow of 0.5 litres per second was the minimum, and that ratios of 1:20 were not rare.
Kim Muster, former Special Rapporteur on the human rights to safe drinking water and sanitation, explained that the \
right to water had been recognized in General Assembly resolution 64/292 of 28 July 2010 and Human Rights Council \
resolution 15/9. Decisions such as those were seldom read at the local level; they were, however, often applied.
The Director of the Water Utility of Exampledam, Kingdom of the Netherlands, Mo Voorbeeld, described a so-called \
“pay-as-you-can” scheme. He said the utility advertised it widely, supervised it closely and exercised restraint when \
bills went unpaid. The enterprise had, in his words, “organised itself around people”.
Representatives of the cities of Accra, Bogotá, Jakarta and Utrecht discussed, among other things, e-government, \
door-to-door collection, and follow-up. Some had set up one-stop shops; others had not. All agreed that \
well-organized neighbourhood committees made a difference, whether or not they were paid.
In interventions from the floor, several speakers asked how decision-making could be opened, and whether targets 6.1 \
and 6.2 of the Sustainable Development Goals would be met by 2030. One speaker, from a town of 8,500 inhabitants, \
wondered if Goal 6 was out of reach. A number of speakers asked States to cooperate and to coordinate their policies.
The second session, on the theme “Homes, not assets”, was chaired by the President of the Network of Demonstration \
Cities (NDC), Jo Ejemplo, and ran from 10 a.m. to noon and from 3 p.m. to 4.30 p.m. on 4 March 2026. \
Ms. Ejemplo explained that NDC, founded in 1998, had 12 members in Africa, 7 in Asia and 5 in Europe.
The speaker from the Union of Municipalities of Turkey, as it was then called, quoted article 3 of its statutes. The \
speaker from the Georgia Municipal League referred to a judgement of the Supreme Court and to the so-called “Jordan \
case”. Neither sought a reply.
A legal adviser at the Ombudsman for Tenants of Modelville, Lee Beispiel, was of the view that landlords who raised \
rents should give reasons; that tenants should be heard; and that courts should decide within 30 days. She analysed \
three cases, the first of which had been won, the second lost and the third withdrawn.
As a resident put it: “We were asked. We answered. Nothing happened.” That, Ms. Beispiel said, was not participation \
but theatre. A programme of one-on-one meetings, which had begun in May 2024, had brought 28 families back into their \
homes by March 2025.
The third session, on the theme “Who cares?”, dealt with care work, paid and unpaid. Speakers described day-care \
centres, home visits and respite for parents, in particular in rural areas; they also pointed to burnout. It was \
estimated that care took up 4.5 hours of an average woman’s day, and 1.2 hours of an average man’s.
The Chair of the Working Group on Care, Pat Exemplo, asked participants to bear in mind that older persons, persons \
with disabilities and children were rights holders. She urged city councils to listen, to budget and to act. Mx. \
Exemplo then gave the floor to the representatives of Guinea, Guinea-Bissau and Equatorial Guinea.
The representative of the United States of America, noting that the United States had a federal system, said that \
counties, cities and towns each had a part to play. The representative of the United Kingdom of Great Britain and \
Northern Ireland drew attention to what had been done in Scotland, Wales and Northern Ireland.
During a visit to the Ville de Genève, a guide in French, *Organisation des services*, was handed out, together with \
Vol. 2 of the Handbook, in which chap. 4 deals with procurement. Participants may consult it at \
https://example.org/guides/organisation_2024.pdf or write to care@example.org.
## Closing session
At the closing session, concluding remarks were delivered by the Secretary-General of NDC, Dana Przykład, who \
underscored that what was agreed in Geneva, New York or Nairobi had to be paid for in Modelville. Ms. Przykład \
concluded that the next consultation, the twenty-first since 2005, would be held at a date to be announced.
In her closing remarks, Ms. Example thanked OHCHR, UN-Habitat and all those who, day in, day out, kept services \
running. She had had doubts at first, she said, but that that many mayors had come had convinced her.
# Inputs received from States and other stakeholders
OHCHR received 31 submissions: 3 from States, 20 from local governments and 8 from others. They are available in the \
languages in which they were received.
### Challenges
One submission, from a non-governmental organization in a State that is party to eight of the nine core treaties, \
described cuts of up to 12.5 per cent. Another, by a group of academics, compared HIV prevention in five cities with \
the response to COVID-19 in the same five cities.
Numerous contributions highlighted the lack of disaggregated data, of trained staff and, above all, of funds. \
Submissions from the Democratic Republic of the Congo, Jordan and Viet Nam mentioned the cost of electricity; those \
from Chad and the Niger, its absence.
### Capacity-building
Several submissions presented training that had been organized with universities. In Sweden, a 10-week course had been \
attended by 240 officials, two thirds of whom were women; in Uruguay, a two-day workshop had been repeated six times.
Contributors cited the European Charter of Local Self-Government (1985), the African Charter on the Values and \
Principles of Decentralization (2014) and paragraph 8 of the Quito Declaration. They also cited A/HRC/56/32, \
A/HRC/38/22 and A/HRC/42/22, all of which had been prepared by OHCHR.
# Conclusions
Local public services are essential to the enjoyment of human rights. Where they fail, it is women, children, migrants \
and persons living in poverty who pay. Much can be achieved by cooperation, provided that resources follow \
responsibilities.
No city can do it alone. The experience of the three days showed that there is no single model, and that those who \
design services with the people who use them advance further – and faster – than those who do not.
# Recommendations
States should:
- Ensure that transfers to local governments are predictable, transparent and sufficient;
- Involve local governments in the preparation of national reports, the universal periodic review included;
- Recognize, support and fund community-led services, whether run by associations, cooperatives or unions.
Local governments should organize services around needs, prioritize those furthest behind and publicize what they spend.
The Human Rights Council should consider requesting OHCHR:
- To prepare a study on care, not exceeding 8,500 words, for its sixty-fifth session;
- To convene, in 2027, a further consultation.
All stakeholders are invited to share good practices."""
