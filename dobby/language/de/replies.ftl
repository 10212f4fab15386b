# Was nach einem Auftrag gesagt wird: Quittungen, Fragen, Codes, Ablehnungen.

along =
    { $count ->
        [one] { $who } ist in derselben Gruppe und macht es mit
       *[other] { $who } sind in derselben Gruppe und machen es mit
    }
on-its-own =
    { $count ->
        [one] spielt für sich
       *[other] spielen für sich
    }
has-music-now = { verb-have } jetzt die Musik
plays-with = { verb-play } mit { $name } zusammen
no-answer =
    { $count ->
        [one] hat
       *[other] haben
    } nicht geantwortet
still-moving = { verb-be } noch in Bewegung
still-moving-at = { verb-be } noch in Bewegung (bisher { $now })
stopped =
    { $count ->
        [one] wurde
       *[other] wurden
    } angehalten
stopped-at = { stopped } ({ $now })
contradicted =
    { $count ->
        [one] hat den Befehl angenommen, zeigt ihn aber nicht
       *[other] haben den Befehl angenommen, zeigen ihn aber nicht
    }
contradicted-now = { contradicted } (jetzt: { $now })
stays-silent =
    { $count ->
        [one] bleibt
       *[other] bleiben
    } stumm
takes =
    { $count ->
        [one] kann
       *[other] können
    } nur { $limits }
limit-least = mindestens { $least }, nicht { $asked }
limit-most = höchstens { $most }, nicht { $asked }
limit-between = { $least } bis { $most }, nicht { $asked }
said-no =
    { $count ->
        [one] hat
       *[other] haben
    } abgelehnt: { $reason }
cannot-do =
    { $count ->
        [one] kann
       *[other] können
    } das nicht ({ $ability })
measured-only =
    { $count ->
        [one] misst das
       *[other] messen das
    } nur, einstellen lässt es sich nicht
cannot-be-stopped =
    { $count ->
        [one] lässt
       *[other] lassen
    } sich unterwegs nicht anhalten
has-choices =
    { $count ->
        [one] kennt
       *[other] kennen
    } { $choices }, nicht { $asked }

## Codes, Angebote, Hinweise

send-code = Wenn ich das tun soll ({ $deed }), sende { $code } innerhalb von zwei Minuten.
too-many-codes = Es gab zu viele falsche Codes. Eine Stunde lang tue ich das nicht: { $deed }.
offer = Soll ich { $deed }?
offer-now = Soll ich jetzt { $deed }?
nothing-to-say = Dazu habe ich nichts zu sagen.
no-yes-awaited = Nichts wartet auf ein Ja.
send-the-code = Sende den Code, dann geschieht es: { $deeds }.
or-to = oder
then-not = Dann lasse ich das: { $deeds }.
no-code-awaited = Nichts wartet auf einen Code. Ein Code gilt zwei Minuten und nur einmal.
wrong-code = Dieser Code stimmt nicht, also wurde nichts getan.
not-repeated = Ich wurde unterbrochen und habe das nicht wiederholt: { $deeds }.
interrupted = Ich wurde unterbrochen: Wenn das nicht alles war, sag es noch einmal.
not-again = Ich wurde unterbrochen und tue das nicht von selbst noch einmal.
not-told = Das weiß ich nicht: Kein Gerät sagt es mir, und niemand hat mich gebeten, es mir zu merken.
not-paired =
    { $count ->
        [one] { $names } ist noch nicht gekoppelt; schreib zum Beispiel: koppel { $first }
       *[other] { $names } sind noch nicht gekoppelt; schreib zum Beispiel: koppel { $first }
    }

## Was nicht erlaubt ist

residents-only = Das ist denen vorbehalten, die hier wohnen.
adults-only = Das dürfen nur Erwachsene des Hauses.
owners-only = Das darf nur, wem das Haus gehört.
too-new = Ich kenne dich von hier noch keinen Tag, deshalb muss erst jemand zustimmen, dem das Haus gehört. Ich habe gefragt; sag es noch einmal, wenn du hörst, dass ich dir vertraue.
never-above = { $name } geht hier nie über { $most }.
may-not =
    { $role ->
        [owner] Wem das Haus gehört, der
        [adult] Ein Erwachsener
        [child] Ein Kind
       *[guest] Ein Gast
    } darf das mit { $name } nicht.
failed-myself = Daran bin ich selbst gescheitert; mein Protokoll sagt mehr.

## Zu Worten des Modells

model-says = Mein Modell sagt:
unchanged = Im Haus wurde nichts geändert.
in-the-house = Im Haus: { $things }
and-more = { $things } und { $n } weitere
does-not-answer =
    { $count ->
        [one] antwortet
       *[other] antworten
    } nicht
has-not-told =
    { $count ->
        [one] hat nicht gesagt, wie es steht
       *[other] haben nicht gesagt, wie es steht
    }
