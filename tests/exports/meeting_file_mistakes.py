"""Mistakes in meeting files, and what is said of each."""
# ruff: noqa: E501  -- one case a line, however long its message is

BASE = """
format: rostrum-meeting/1
meeting:
  slug: online-2025-11
  title: Meeting
  mode: online
  timezone: Europe/Zurich
  place: {country: CH}
  dates: {start: 2025-11-26, end: 2025-11-27}
  languages: [en]
  organisers: [ohchr]
  objectives: [listen]
  documents: [{title: Report, url: "https://example.org/r"}]
  contact: desk@example.org
organisations:
  - {id: ohchr, name: Office}
  - {id: city, name: Demonstration City, show_country: false}
people:
  - {id: lee, family: Lee, organisation: ohchr, email: lee@example.org}
  - {id: ana, family: Ana, organisation: city, email: ana@example.org}
sittings:
  - {id: morning, date: 2025-11-26, start: "09:00", end: "11:00"}
sessions:
  - {id: s1, kind: panel, title: One, date: 2025-11-26, start: "09:00", end: "10:00", sitting: morning,
     floor: {cap_minutes: 4, limit_seconds: 120}, roles: [{role: chair, person: lee}]}
  - {id: s2, kind: closing, title: Two, part_of: s1}
registrations:
  - {person: lee, consent: {listed: true}}
floor:
  - {session: s1, person: lee, status: spoken, granted_seconds: 120, spoken_seconds: 130.5}
  - {session: s1, person: ana, status: spoken, granted_seconds: 109.5, spoken_seconds: 100}
  - {session: s2, organisation: city, status: spoken}
points:
  - {session: s1, text: the need for rain}
  - {submission: in1, text: the need for sun}
submissions:
  - {id: in1, organisation: city, received: 2025-10-30}
report:
  council_session: {number: 63, start: 2026-09-14, end: 2026-10-09}
  agenda_items: [2, 3]
"""

# What to replace in BASE, with what, and what is said.
MISTAKES = [
    # the heading of the file
    ("rostrum-meeting/1", "rostrum-meeting/2", "format: rostrum-meeting/2 is not one of: rostrum-meeting/1; did you mean rostrum-meeting/1?"),
    ("format: rostrum-meeting/1", "", "format: is missing"),
    # keys
    ("  languages:", "  langages:", "meeting.langages: is not a key of a meeting file; did you mean languages?"),
    ("  title: Meeting", "  colour: blue\n  title: Meeting", "meeting.colour: is not a key of a meeting file; here may stand: slug, title, subtitle, series, mode, timezone, place, languages, organisers, mandate, dates, background, objectives, modalities, guiding_questions, documents, contact, participants_final_at"),
    ("{role: chair, person: lee}", "{rolle: null, role: chair, person: lee}", "sessions[0].roles[0].rolle: is not a key of a meeting file; did you mean role?"),
    ("  title: Meeting", "  title: Meeting\n  title: Other", "meeting.title: stands twice, in lines 5 and 6"),
    ("  title: Meeting", "  title:", "meeting.title: is missing"),
    ("  title: Meeting", "  title: '  '", "meeting.title: is missing"),
    ("kind: panel, ", "", "sessions[0].kind: is missing"),
    (", start: \"09:00\", end: \"11:00\"}", ", start: \"09:00\"}", "sittings[0].end: is missing"),
    # kinds of values
    ("  title: Meeting", "  title: 2025", 'meeting.title: 2025 is read as a number; it is text: write it in quotes, "2025"'),
    ("  title: Meeting", "  title: 2025-11-26", 'meeting.title: 2025-11-26 is read as a date; it is text: write it in quotes, "2025-11-26"'),
    ("  title: Meeting", "  title: yes", 'meeting.title: yes is read as true or false; it is text: write it in quotes, "yes"'),
    ("  title: Meeting", "  title: [Meeting]", "meeting.title: should be text, not a list"),
    ("  title: Meeting", "  title: \"one\\ntwo\"", "meeting.title: has more than one line, and must have one"),
    ("  title: Meeting", "  title: \"one\\0two\"", "meeting.title: has a character that no document can show (U+0000)"),
    ("objectives: [listen]", "objectives: listen", "meeting.objectives: should be a list, not text"),
    ("objectives: [listen]", "objectives: [listen, null]", "meeting.objectives[1]: should be text, not nothing"),
    ("objectives: [listen]", "objectives: ['']", "meeting.objectives[0]: is empty"),
    ("place: {country: CH}", "place: Geneva", "meeting.place: should be a group of keys, not text"),
    ("show_country: false", "show_country: no", "organisations[1].show_country: no is not clear: write true or false"),
    ("show_country: false", "show_country: 0", "organisations[1].show_country: 0 is not clear: write true or false"),
    ("cap_minutes: 4", "cap_minutes: four", "sessions[0].floor.cap_minutes: four is not a whole number"),
    ("cap_minutes: 4", "cap_minutes: 4.5", "sessions[0].floor.cap_minutes: 4.5 is not a whole number"),
    ("cap_minutes: 4", "cap_minutes: true", "sessions[0].floor.cap_minutes: true is not a whole number"),
    ("mode: online", "mode: on_line", "meeting.mode: on_line is not one of: in_person, online, hybrid; did you mean online?"),
    ("kind: closing", "kind: workshop", "sessions[1].kind: workshop is not one of: registration, opening, keynote, panel, dialogue, interactive_dialogue, break, lunch, photo, closing, side_event, other"),
    ("agenda_items: [2, 3]", "agenda_items: [11]", "report.agenda_items[0]: 11 is more than 10"),
    ("agenda_items: [2, 3]", "agenda_items: [0]", "report.agenda_items[0]: 0 is less than 1"),
    # single values
    ("slug: online-2025-11", "slug: Online 2025", "meeting.slug: Online 2025 may have only small letters, digits and single hyphens between them, as local-rights-2026"),
    ("slug: online-2025-11", "slug: " + "a" * 81, "meeting.slug: has 81 characters, and may have 80 at most"),
    ("Europe/Zurich", "europe/zurich", "meeting.timezone: europe/zurich is not a time zone of the IANA list, as Europe/Zurich; did you mean Europe/Zurich?"),
    ("Europe/Zurich", "Mars", "meeting.timezone: Mars is not a time zone of the IANA list, as Europe/Zurich"),
    ("country: CH", "country: NO", 'meeting.place.country: NO is read as true or false; it is text: write it in quotes, "NO"'),
    ("country: CH", "country: ch", "meeting.place.country: ch is a country code in small letters: write CH"),
    ("country: CH", "country: Switzerland", "meeting.place.country: Switzerland is not a two-letter country code of ISO 3166: write CH"),
    ("country: CH", "country: UK", "meeting.place.country: UK is not a two-letter country code of ISO 3166, as CH or KR"),
    ("languages: [en]", "languages: [english]", "meeting.languages[0]: english is not a language tag, as en, fr or zh-Hant (BCP 47)"),
    ("contact: desk@example.org", "contact: the desk", "meeting.contact: the desk is not a mail address, as name@example.org"),
    ("https://example.org/r", "javascript:alert(1)", "meeting.documents[0].url: javascript:alert(1) is not a web address, as https://example.org/page"),
    ("start: \"09:00\", end: \"10:00\"", "start: \"09:00\", end: 10:00", 'sessions[0].end: 10:00 without quotes is read as a number: write it in quotes, "10:00"'),
    ("start: \"09:00\", end: \"10:00\"", "start: 9:00, end: \"10:00\"", 'sessions[0].start: 9:00 without quotes is read as a number: write it in quotes, "09:00"'),
    ("start: \"09:00\", end: \"10:00\"", "start: \"9:00\", end: \"10:00\"", 'sessions[0].start: 9:00 is not a time: write two digits each for hours and minutes, as "09:00"'),
    ("start: \"09:00\", end: \"10:00\"", "start: \"9 a.m.\", end: \"10:00\"", 'sessions[0].start: 9 a.m. is not a time: write two digits each for hours and minutes, as "09:30"'),
    ("start: \"09:00\", end: \"10:00\"", "start: \"09:00\", end: \"24:10\"", "sessions[0].end: 24:10 is a time that no clock shows"),
    ("received: 2025-10-30", "received: 30.10.2025", "submissions[0].received: 30.10.2025 is not a date: write year, month and day, as 2025-11-26"),
    ("received: 2025-10-30", "received: 2025-02-30", "submissions[0].received: 2025-02-30 is a day that no calendar has"),
    ("received: 2025-10-30", "received: 0225-10-30", "submissions[0].received: 0225-10-30 is far from any meeting: check the year"),
    ("received: 2025-10-30", "received: 2025-10-30T10:00:00", "submissions[0].received: 2025-10-30T10:00:00 has a time: write the day alone, as 2025-10-30"),
    ("person: ana, status", "person: ana, requested_at: 2025-11-26T09:31:00, status", "floor[1].requested_at: 2025-11-26T09:31:00 has no offset from UTC: write day, time and offset, as 2025-11-26T09:31:00+01:00"),
    ("person: ana, status", "person: ana, requested_at: 2025-11-26, status", "floor[1].requested_at: 2025-11-26 is not a point in time: write day, time and offset, as 2025-11-26T09:31:00+01:00"),
    ("person: ana, status", "person: ana, requested_at: '2025-11-26T09:31:00.0001Z', status", "floor[1].requested_at: 2025-11-26T09:31:00.000100+00:00 is finer than a millisecond"),
    ("spoken_seconds: 100}", "spoken_seconds: 100.0005}", "floor[1].spoken_seconds: 100.0005 is finer than a millisecond"),
    ("spoken_seconds: 100}", "spoken_seconds: -1}", "floor[1].spoken_seconds: -1 is not a number of seconds between 0 and 86400"),
    ("spoken_seconds: 100}", "spoken_seconds: 1:40}", "floor[1].spoken_seconds: 1:40 is not a number of seconds, as 118 or 118.25"),
    # references
    ("organisers: [ohchr]", "organisers: [ohcr]", "meeting.organisers[0]: ohcr is not the id of an organisation in this file; did you mean ohchr?"),
    ("family: Lee, organisation: ohchr", "family: Lee, organisation: un", "people[0].organisation: un is not the id of an organisation in this file"),
    ("sitting: morning", "sitting: noon", "sessions[0].sitting: noon is not the id of a sitting in this file"),
    ("role: chair, person: lee", "role: chair, person: li", "sessions[0].roles[0].person: li is not the id of a person in this file"),
    ("part_of: s1", "part_of: s9", "sessions[1].part_of: s9 is not the id of a session in this file"),
    ("- {person: lee, consent", "- {person: bo, consent", "registrations[0].person: bo is not the id of a person in this file"),
    ("session: s2, organisation: city", "session: s2, organisation: town", "floor[2].organisation: town is not the id of an organisation in this file"),
    ("session: s1, text", "session: s9, text", "points[0].session: s9 is not the id of a session in this file"),
    ("submission: in1, text", "submission: in2, text", "points[1].submission: in2 is not the id of a submission in this file"),
    ("id: in1, organisation: city", "id: in1, organisation: town", "submissions[0].organisation: town is not the id of an organisation in this file"),
    # given twice
    ("organisations:\n", "organisations:\n  - {id: city, name: Another}\n", "organisations[2].id: city is given already: organisations[0].id"),
    ("email: ana@example.org", "email: LEE@example.org", "people[1].email: lee@example.org is given already: people[0].email; one address is one person"),
    ("organisers: [ohchr]", "organisers: [ohchr, ohchr]", "meeting.organisers[1]: ohchr is given already: meeting.organisers[0]"),
    ("- {person: lee, consent: {listed: true}}", "- {person: lee}\n  - {person: lee}", "registrations[1].person: lee is registered already: registrations[0].person"),
    ("floor:\n", "speakers:\n  - {person: bo}\nfloor:\n", "speakers[0].person: bo is not the id of a person in this file"),
    ("floor:\n", "speakers:\n  - {person: lee}\n  - {person: lee}\nfloor:\n", "speakers[1].person: lee is asked to speak already: speakers[0].person"),
    ("floor:\n", "speakers:\n  - {person: lee, answered_at: 2025-11-20T09:00:00Z}\nfloor:\n", "speakers[0].answered_at: stands beside a status that is no answer: confirmed or declined is one"),
    ("floor:\n", "speakers:\n  - {person: lee, status: accepted}\nfloor:\n", "speakers[0].status: accepted is not one of: invited, confirmed, declined, withdrawn"),
    ("floor:\n", "speakers:\n  - {person: lee, consent: {photographed: perhaps}}\nfloor:\n", "speakers[0].consent.photographed: perhaps is not clear: write true or false"),
    ("[{role: chair, person: lee}]", "[{role: chair, person: lee}, {role: chair, person: lee}]", "sessions[0].roles[1]: this person has this role already: sessions[0].roles[0]"),
    ("floor:\n", "floor:\n  - {session: s1, person: ana}\n  - {session: s1, person: ana}\n", "floor[1]: this person waits for this floor already: floor[0]"),
    # order in time
    ("start: \"09:00\", end: \"10:00\"", "start: \"11:00\", end: \"10:00\"", "sessions[0].end: 10:00 is before the start, 11:00"),
    ("start: \"09:00\", end: \"11:00\"", "start: \"09:00\", end: \"09:00\"", "sittings[0].end: 09:00 is the same as the start, 09:00"),
    ("end: 2025-11-27}", "end: 2025-11-25}", "meeting.dates.end: 2025-11-25 is before the start, 2025-11-26"),
    ("end: 2026-10-09", "end: 2026-01-09", "report.council_session.end: 2026-01-09 is before the start, 2026-09-14"),
    ("title: One, date: 2025-11-26", "title: One, date: 2025-11-28", "sessions[0].date: 2025-11-28 is outside the meeting's dates, 2025-11-26 to 2025-11-27"),
    ("{id: morning, date: 2025-11-26", "{id: morning, date: 2025-11-25", "sittings[0].date: 2025-11-25 is outside the meeting's dates, 2025-11-26 to 2025-11-27"),
    ("sitting: morning", "part_of: s2", "sessions[0].part_of: a session cannot be part of itself (s1 → s2 → s1)"),
    ("part_of: s1", "part_of: s2", "sessions[1].part_of: a session cannot be part of itself (s2 → s2)"),
    # the floor
    ("cap_minutes: 4", "cap_minutes: 46", "sessions[0].floor.cap_minutes: 46 is over the cap of 45 minutes"),
    ("limit_seconds: 120", "limit_seconds: 120, minimum_seconds: 241", "sessions[0].floor.minimum_seconds: 241 is over the cap of 4 minutes"),
    ("limit_seconds: 120", "limit_seconds: 20", "sessions[0].floor.minimum_seconds: 30 is longer than the speaking limit, 20 seconds"),
    ("granted_seconds: 109.5", "granted_seconds: 109.501", "floor[1].granted_seconds: 109.501 seconds after the 130.5 already spoken pass the cap of s1, 240 seconds"),
    ("granted_seconds: 109.5", "granted_seconds: 0", "floor[1].granted_seconds: must be more than 0"),
    ("granted_seconds: 109.5, ", "", "floor[1].granted_seconds: is missing: time was spoken, so it was granted"),
    (", spoken_seconds: 100}", "}", "floor[1].spoken_seconds: is missing: time was granted; write 0 if nothing was said"),
    ("organisation: city, status: spoken", "organisation: city, status: requested", "floor[2].session: s2 has no floor: only what was spoken, without times, may be told of it"),
    ("organisation: city, status: spoken", "status: spoken, granted_seconds: 9, spoken_seconds: 9", "floor[2].session: s2 has no floor: only what was spoken, without times, may be told of it"),
    # when one may ask, and in which order
    ("limit_seconds: 120", "limit_seconds: 120, limits_seconds: {state: 60}", "sessions[0].floor.limits_seconds.state: state is not one of: states, local_and_regional_governments, human_rights_institutions, city_networks, international_organizations, academia, united_nations_entities, non_governmental_organizations, other_stakeholders; did you mean states?"),
    ("limit_seconds: 120", "limit_seconds: 120, limits_seconds: 60", "sessions[0].floor.limits_seconds: should be a group of keys, not a number"),
    ("limit_seconds: 120", "limit_seconds: 120, limits_seconds: {states: 241}", "sessions[0].floor.limits_seconds.states: 241 is over the cap of 4 minutes"),
    ("limit_seconds: 120", "limit_seconds: 120, limits_seconds: {states: 2701}", "sessions[0].floor.limits_seconds.states: 2701 is more than 2700"),
    ("limit_seconds: 120", "limit_seconds: 120, limits_seconds: {states: 29}", "sessions[0].floor.limits_seconds.states: 29 is shorter than the shortest turn, 30 seconds"),
    ("limit_seconds: 120", "limit_seconds: 120, limits_seconds: {states: 1:30}", "sessions[0].floor.limits_seconds.states: 1:30 is not a whole number"),
    ("limit_seconds: 120", "limit_seconds: 120, warning_seconds: -1", "sessions[0].floor.warning_seconds: -1 is less than 0"),
    ("limit_seconds: 120", "limit_seconds: 120, warning_second: 1", "sessions[0].floor.warning_second: is not a key of a meeting file; did you mean warning_seconds?"),
    ("limit_seconds: 120", "limit_seconds: 120, asking_opens: 2025-11-20", 'sessions[0].floor.asking_opens: 2025-11-20 is not a day and a time to the minute: write day and time, as "2025-11-20T09:00"'),
    ("limit_seconds: 120", "limit_seconds: 120, asking_opens: 2025-11-20T09:00:30", 'sessions[0].floor.asking_opens: 2025-11-20T09:00:30 is not a day and a time to the minute: write day and time, as "2025-11-20T09:00"'),
    ("limit_seconds: 120", "limit_seconds: 120, asking_opens: 2025-11-20T09:00:00Z", "sessions[0].floor.asking_opens: 2025-11-20T09:00:00+00:00 has an offset; it is a time on the clock in the meeting's zone: write day and time, as \"2025-11-20T09:00\""),
    ("limit_seconds: 120", "limit_seconds: 120, asking_opens: 2025-11-31T09:00", "sessions[0].floor.asking_opens: 2025-11-31T09:00 is a time that no calendar or clock shows"),
    ("limit_seconds: 120", "limit_seconds: 120, asking_opens: 2025-11-20T09:00, asking_closes: 2025-11-19T18:00", "sessions[0].floor.asking_closes: 2025-11-19T18:00 is before asking opens, 2025-11-20T09:00"),
    ("limit_seconds: 120", "limit_seconds: 120, asking_opens: 2025-11-20T09:00, asking_closes: '2025-11-20 09:00'", "sessions[0].floor.asking_closes: 2025-11-20T09:00 is when asking opens, 2025-11-20T09:00"),
    ("limit_seconds: 120", "limit_seconds: 120, max_requests: 0", "sessions[0].floor.max_requests: 0 is less than 1"),
    ("limit_seconds: 120", "limit_seconds: 120, per_organisation: some", "sessions[0].floor.per_organisation: some is not a whole number"),
    ("limit_seconds: 120", "limit_seconds: 120, policy: roundrobin", "sessions[0].floor.policy: roundrobin is not one of: first_come, round_robin, least_heard, one_each, quotas, draw; did you mean round_robin?"),
    ("limit_seconds: 120", "limit_seconds: 120, priority: 1", "sessions[0].floor.priority: 1 is not clear: write true or false"),
    ("limit_seconds: 120", "limit_seconds: 120, quotas: {academia: -1}", "sessions[0].floor.quotas.academia: -1 is less than 0"),
    ("limit_seconds: 120", "limit_seconds: 120, draw_seed: 7", 'sessions[0].floor.draw_seed: 7 is read as a number; it is text: write it in quotes, "7"'),
    # what a request says
    ("person: ana, status", "person: ana, capacity: personal, status", "floor[1].capacity: personal is not one of: organisation, joint, national"),
    ("person: ana, status", "person: ana, capacity: joint, status", "floor[1].on_behalf_of: is missing: a joint statement is on behalf of others"),
    ("person: ana, status", "person: ana, dignitary: no, status", "floor[1].dignitary: no is not clear: write true or false"),
    ("person: ana, status", "person: ana, substitute: [Bo], status", "floor[1].substitute: should be text, not a list"),
    ("person: ana, status", "person: ana, seat: 3, status", 'floor[1].seat: 3 is read as a number; it is text: write it in quotes, "3"'),
    ("person: ana, status", "person: ana, statement: Water, status", "floor[1].statement: should be a group of keys, not text"),
    ("person: ana, status", "person: ana, statement: {filed_at: 2025-11-26T09:31:00Z}, status", "floor[1].statement.text: is missing"),
    ("person: ana, status", "person: ana, statement: {text: Water}, status", "floor[1].statement.filed_at: is missing: no time of the request stands for it either"),
    ("person: ana, status", "person: ana, statement: {text: Water, filed_at: 2025-11-26T09:31:00}, status", "floor[1].statement.filed_at: 2025-11-26T09:31:00 has no offset from UTC: write day, time and offset, as 2025-11-26T09:31:00+01:00"),
    ("person: ana, status", "person: ana, statement: {text: Water, filed_at: 2025-11-26T09:31:00Z, delivery: sung}, status", "floor[1].statement.delivery: sung is not one of: as_delivered, check_against_delivery"),
    ("person: ana, status", "person: ana, statement: {text: Water, filed_at: 2025-11-26T09:31:00Z, file: a.pdf}, status", "floor[1].statement.file: is not a key of a meeting file; here may stand: delivery, text, for_record, filed_at"),
    # points
    ("submission: in1, text", "session: s1, submission: in1, text", "points[1]: rests on a session and on a submission: it can rest on one of them"),
    ("submission: in1, text", "id: p1, submission: in1, text", "points[1].id: p1 is given already: points[0].id"),
    ("submission: in1, text", "submission: in1, merged_into: p9, text", "points[1].merged_into: p9 is not the id of a point in this file"),
    ("submission: in1, text", "submission: in1, merged_into: p2, text", "points[1].merged_into: a point cannot be merged into itself"),
    ("{session: s1, text: the need for rain}", "{session: s1, text: the need for rain, merged_into: p2}\n  - {session: s1, text: more, merged_into: p3}", "points[0].merged_into: p2 is merged into another point itself: name that one"),
    # what was made of the draft
    ("organisation: city, received", "organisation: city, publish: true, consent: anonymous, received", "submissions[0].consent: says less than “publish: true”: leave one of them out"),
    ("organisation: city, received", "organisation: city, consent: named, received", "submissions[0].consent: named is not one of: anonymous"),
    ("  agenda_items: [2, 3]", "  agenda_items: [2, 3]\n  plan: {floors: {s1: away}}", "report.plan.floors.s1: away is not one of: folded, section"),
    ("  agenda_items: [2, 3]", "  agenda_items: [2, 3]\n  plan: {several: 0}", "report.plan.several: 0 is less than 1"),
    ("  agenda_items: [2, 3]", "  agenda_items: [2, 3]\n  paragraphs: [{key: summary, state: edited}, {key: summary, state: left_out}]", "report.paragraphs[1].key: summary is given already: report.paragraphs[0].key"),
    ("  agenda_items: [2, 3]", "  agenda_items: [2, 3]\n  recommendations: [{items: [act], points: [p7]}]", "report.recommendations[0].points[0]: p7 is not the id of a point in this file"),
    ("  agenda_items: [2, 3]", '  agenda_items: [2, 3]\ncall: {deadlines: [{partner: OHCHR, at: "2025-06-30T23:59", timezone: Mars/Olympus}]}', "call.deadlines[0].timezone: Mars/Olympus is not a time zone of the IANA list, as Europe/Zurich"),
    ("  agenda_items: [2, 3]", "  agenda_items: [2, 3]\nledger: [{text: act, status: perhaps}]", "ledger[0].status: perhaps is not one of: open, under_way, done, not_pursued"),
]  # fmt: skip

# Whole texts that are no meeting file.
NOT_YAML = [
    ("a: b: c", 'line 1: this is not YAML: a text with ": " in it must stand in quotes'),
    ("a:\n\tb: 1", "line 2: this is not YAML: indent with spaces, not tabs, and put a text that starts with @, ` or % in quotes"),
    ('a: "b', "line 1: this is not YAML: a quotation mark is not closed"),
    ("a: [1, 2\nb: 3", "line 2: this is not YAML: a comma, or a closing ] or }, is missing"),
    ("a:\n  b: 1\n c: 2", "line 3: this is not YAML: the lines of one group must start in the same column"),
    ("a: 1\n---\nb: 2", "line 2: a second document starts here (---), and a meeting file has one"),
    ("a: &x 1\nb: *x", "line 1: anchors (&) and aliases (*) are not accepted: write the value out"),
    ("a: " + "[" * 40, "line 1: this is nested too deeply for a meeting file"),
    ("a: b\x07", "line 1: there is a character that is not text; save the file as UTF-8 text"),
    ("a: 1\nb: \ud800", "line 2: there is a character that is not text; save the file as UTF-8 text"),
    ("", 'this is not a meeting file: it starts with the line "format: rostrum-meeting/1"'),
    ("- a\n- b", 'this is not a meeting file: it starts with the line "format: rostrum-meeting/1"'),
    ("Dear colleagues", 'this is not a meeting file: it starts with the line "format: rostrum-meeting/1"'),
    ("x" * 5_000_001, "the file is larger than 5 MB, the most a meeting file may have"),
]  # fmt: skip
