# ruff: noqa: E501  -- a paragraph of a note is one long line
"""Notes in the forms in which organisers write theirs; the sentences are the tests' own.

JULY has tables with the times, the titles of the dialogues below them, and its head twice. NOVEMBER is a PDF turned
into text: the headings of a left column come first, lines are broken by hand, footnotes and links stand between the
lines of a list. JUNE has times in mixed forms, three groups inside one session, and guiding questions under themes.
"""

JULY = """\


“Local governments for human rights”

22 July 2025

10:00 - 13:00 and 15:00 - 18:00 CEST

Room XXIV, Palais des Nations, Geneva, Switzerland

Concept note

Background

Six years after their first meeting, the two convenors invite local governments once more. Much has been learned in between, and many more cities now call themselves human rights cities¹. The convenors agreed in 2022 to meet at regular intervals and to keep the conversation going between those who govern close to people and those who watch over the treaties.

¹ How many there are is counted by the campaign itself; see <https://www.example.org/campaign>

Budgets and contracts decide more than declarations do. This is why the afternoon is given to money: who raises it, who spends it, and what a city may ask of those it buys from.

The main objectives of the meeting are to:

- Thank local governments for what they do and bring them closer to the human rights system;
- Try the new framework on real cases, and collect what should be changed;
- Exchange what works in housing, water and care.



“Local governments for human rights”

Tuesday 22 July 2025

10:00 - 13:00 and 15:00 - 18:00 CEST

Room XXIV, Palais des Nations, Geneva, Switzerland

Tentative Programme of work

- | | |
|---------------|------------------------------------|
| 10:00 – 10:30 | Welcome and opening remarks |
| 10:30 – 11:00 | Keynote speeches |
| 11:00 – 13:00 | Thematic dialogue |

Format: Two or three guests begin each segment with short remarks. The floor is then open to everybody in the room.

Dialogue 1: Human Rights Cities: applying the Guidance Framework

The framework is presented, and cities tell what they would do with it.

- | | |
|---------------|--------------------------|
| 13:00 – 13:15 | Group photo |
| 13:15 – 15:00 | Lunch break |
| 15:00 – 16:30 | Thematic dialogue |

Dialogue 2: Realization of economic, social and cultural rights through local public services

Homes, schools, clinics and water pipes are where rights are met or missed; the session asks who pays for them and who is left out by those

public services that were built long ago. Cities bring one success and one failure each.

16:30 – 17:45 **Thematic dialogue**

Dialogue 3: Human rights budgeting and procurement

A city that buys fairly changes more than its own offices.

17:45 – 18:00 **Closing remarks and next steps**"""

NOVEMBER = """\
Meeting on local government and human rights
 Format:

Background
documents:

Concept note

Wednesday 26 November 2025, 09:00 - 11:00 and 15:00 - 17:00 CET
Online (MS Teams)

People who work in town halls, ministries, universities and in the
United Nations meet for a day without travelling. They compare what
they have tried since the summer, when many of them sat together
in Geneva in July 2025, and they look at the new OHCHR-UCLG Guidance
framework for creating a human rights city. What they say is taken
into the talks on the next resolution.

After an opening session come two panel discussions, and then
a short closing session. In each of them the panellists speak first. A
maximum of 45 minutes will be kept for interventions from the floor in
each session, and the panellists reply at the end.

e OHCHR's reports on local government and human
(A/HRC/56/32, A/HRC/51/10, A/HRC/42/22, and A/HRC/38/22)

rights

e Final report of the Human Rights Council Advisory Committee on the
role of local government in the promotion and protection of human

! A campaign of cities that began in 2022 counts its members on a page
of its own: https://www.example.org/cities-and-territories-

2030


https://www.ohchr.org/en/documents/tools-and-resources/guidance-framework-creating-human-rights-city
https://www.ohchr.org/en/documents/reports/ahrc5632-summary-expert-meeting-enhancing-capacity-building-local-governments
https://docs.un.org/en/A/HRC/51/10
https://ap.ohchr.org/documents/dpage_e.aspx?si=A/HRC/42/22
https://docs.un.org/A/HRC/38/22

rights (A/HRC/30/49)

e OHCHR's report on the role of public service delivery in the
promotion and protection of human rights and in the achievement
of the Sustainable Development Goals (A/HRC/56/34) and a report
on the role of the public service as an essential component of good
governance in the promotion and protection of human rights
(A/HRC/25/27)

¢ Human Rights Council resolutions on local government and human
rights: 24/2 of 26 September 2013, 27/4 of 25 September 2014, 33/8
of 29 September 2016 and 39/7 of 27 September 2018; 45/7 of 6
October 2020, 51/12 of 6 October 2022, and 57/12 of 10 October
2024

09:00 - 09:20 Opening session

09:20 - 11:00 Session 1: Human rights cities

Cities that call themselves human rights cities say what follows from the name,
and those that have used the framework say where it helped. The session ends
with a list of what should be tried next.

15:00 - 16:45 Session 2: Engagement of local and regional governments with the
United Nations human rights mechanisms

Who reads the recommendations in a town hall, and who answers them? Speakers
report how they found a way into reporting by the State, and what the treaty
bodies made of it.

16:45 - 17:00 Closing session


https://docs.un.org/A/HRC/30/49
https://docs.un.org/en/A/HRC/56/34
https://docs.un.org/en/A/HRC/25/27
https://digitallibrary.un.org/record/762431?v=pdf
https://documents.un.org/doc/undoc/gen/g14/177/44/pdf/g1417744.pdf?OpenElement
https://ap.ohchr.org/documents/dpage_e.aspx?si=A/HRC/RES/33/8
https://digitallibrary.un.org/record/1650764?v=pdf
https://digitallibrary.un.org/record/3888393?v=pdf
https://docs.un.org/A/HRC/RES/51/12
https://docs.un.org/en/A/HRC/RES/57/12
https://www.ohchr.org/en/documents/tools-and-resources/guidance-framework-creating-human-rights-city
"""

JUNE = """\


Meeting on local governments and human rights

Addressing economic and social inequalities at local level

Geneva, 17 June 2019

For the first time local governments are the guests of the human rights system rather than its subject. They are asked what they do, what stops them, and what they would like to hear from the Human Rights Council, which takes up the matter in autumn.

----- Objectives -----

- Show what local governments do;
- Let them and the human rights system ask each other questions; and
- Look for something to do together for longer than a day

----- Agenda -----

9:00 – 9:30 Registration and welcome

9:30 – 10:00 Opening statements by the Deputy High Commissioner, Kate Gilmore and UCLG CSIPDHR co-presidency

10:00 – 10:30 Keynote speeches and presentations on the human rights city

10:30 - 10:45 Break

10:45 – 12h45 Local governments promoting and protecting human rights: Priorities, challenges and initiatives (Thematic discussions)

Each group hears presentations by a handful of towns (30mn) and then talks among itself (discussion of 15mn), facilitated by an independent expert

- **Group 1:** Local governments as promoters and protectors of economic and social rights: Housing, informality, access to basic public services and public space

- **Group 2:** Inequality, social and economic rights of groups in situation of vulnerability: Migration, non-discrimination, urban security and peace
- **Group 3:** Guaranteeing the Right to the City for all: rights to participation, free expression and culture

12:45 – 14:00 *Lunch time*

14:00 – 15h30 Strengthening dialogue and partnership between local governments and the UN human rights system: *What would each of the two like the other to do differently from tomorrow on?*

15:30 – 15h45 Wrap up and next steps

----- **Guiding questions throughout the day**-----

Human rights challenges and action at the local level

- Which problem keeps you awake, and which one does your council talk about?
- Who is in charge of human rights in your administration? Since when?

A common voice for the global movement of local governments for human rights

- What can towns say together that none can say alone
- Which door of the United Nations has opened to you?"""

FRENCH = """\
Les villes et les droits humains

Note de synthèse

Jeudi 4 juin 2026, de 9 h à 12 h 30 et de 14 h à 17 h, heure de Genève

Salle XX, Palais des Nations, Genève, Suisse

Contexte

Les élus locaux sont les premiers à qui l'on s'adresse quand l'eau manque ou quand un bail est résilié. Ils sont rarement les premiers que l'on consulte.

Objectifs de la réunion

• Écouter les villes ;
• Comparer leurs moyens.

Programme provisoire

9 h – 9 h 30\tAccueil des participants
9 h 30 – 10 h\tSéance d'ouverture
Modératrice : Mme Claire Dupont-Essai, directrice, Ville d'essai
10 h – 11 h\tTable ronde 1 : Se loger en ville
Intervenants :
• M. Jean Modèle, maire de Modèleville
• Mme Awa Exemple, adjointe au maire, Ville d'exemple, Sénégal
11 h – 11 h 15\tPause-café
11 h 15 – 12 h 30\tDialogue 2 : L'eau pour tous
12 h 30 – 14 h\tDéjeuner
14h00 – 16h30\tDébat général
16h30 – 17h\tSéance de clôture

Questions directrices
• Qui paie ?
• Qui décide ?
"""

SPANISH = """\
Ciudades y derechos humanos

Nota conceptual

Fecha: jueves 4 y viernes 5 de junio de 2026
Horario: de 10:00 a 13:00, hora de Ginebra
Lugar: En línea

Antecedentes

Los gobiernos locales piden desde hace años un lugar propio en la conversación. Esta reunión es un paso más.

Objetivos

- Escuchar a las ciudades;
- Acordar los próximos pasos.

Programa de trabajo

Jueves 4 de junio de 2026

10:00 – 10:30 Sesión de apertura
10:30 – 11:45 Sesión 1: Vivienda
11:45 – 12:00 Pausa
12:00 – 13:00 Mesa redonda 2: Agua
Moderadora: Sra. Ana Prueba, alcaldesa de Pruebas

Viernes 5 de junio de 2026

10:00 – 12:30 Diálogo 3: Presupuestos
12:30 – 13:00 Sesión de clausura

Preguntas orientadoras
- ¿Quién paga?
"""
