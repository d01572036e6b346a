"""The demo world: a made-up mountain partnership, written down in files that read from top to bottom.

    themes.toml          eight themes and six regions, each named in the six languages
    organisations.toml   forty organisations of every category
    people.toml          120 people: [key, name, language, time zone, country, organisation, extras]
    workspaces/*.toml    one room each: its rules first, then its threads and their posts
    hearings/*.toml      a hearing each: agenda, papers, list of speakers, and the script of the day
    files/               what hangs on some posts

A person's extras: `cast` (the part of one who may be tried out), `about`, `focal` (focal point of the organisation),
`secretariat`, `mail` (writes by mail only), `cadence` (how often mail comes; by chance otherwise).

A post is a row `[author, answers, age, text, extras]`.
`answers` is "" for a post on the thread itself, ">" for the row above, or a person: the last row of theirs.
`age` counts back from the moment of loading: "12d" is some waking hour of the author's twelve days ago, "5h" and
"40m" are exact. Rows stand in the order of time. The extras, all optional:

    speaks = true                           the author speaks for their organisation
    language = "fr"                         other than the author's own
    file = "hours.csv"                      from files/
    edited = { was, after, reason }         an earlier wording, and how long after posting it was changed
    withdrawn = "7d"                        taken back by its author, at that age
    hidden = { by, age, reason }            hidden by a moderator
    pending = true                          still waits for a moderator

A thread may be `pinned`, `closed = { by, age, reason }`, and hold `unread = { bob = 12 }`: how many posts a person
has not read yet. A room seats its `moderators` and `members` and all who write in it; `everyone` seats all but the
outsider, `focal_points` all who are one. `requests` are people who have asked for a seat and wait.

The script of a hearing is rows `[clock, deed, ...]`; `sitting.py` has a method for each deed. The one of a hearing that
is over (`held`) is played while the world is loaded, the other by `manage.py play_hearing`.

`script.py` reads the files and works out the times, `loader.py` plays them through the services of the house.
"""
