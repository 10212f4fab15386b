# Wat na een opdracht gezegd wordt: bewijzen, vragen, codes, weigeringen.

along =
    { $count ->
        [one] { $who } zit in dezelfde groep en doet hetzelfde
       *[other] { $who } zitten in dezelfde groep en doen hetzelfde
    }
on-its-own =
    { $count ->
        [one] speelt apart
       *[other] spelen apart
    }
has-music-now = { verb-have } nu de muziek
plays-with = { verb-play } samen met { $name }
no-answer =
    { $count ->
        [one] heeft
       *[other] hebben
    } niet geantwoord
still-moving = { verb-be } nog in beweging
still-moving-at = { verb-be } nog in beweging (tot nu toe { $now })
stopped = { verb-be } onderweg gestopt
stopped-at = { stopped } ({ $now })
contradicted =
    { $count ->
        [one] heeft de opdracht aangenomen, maar laat het niet zien
       *[other] hebben de opdracht aangenomen, maar laten het niet zien
    }
contradicted-now = { contradicted } (nu: { $now })
stays-silent =
    { $count ->
        [one] blijft
       *[other] blijven
    } stil
takes =
    { $count ->
        [one] kan
       *[other] kunnen
    } alleen { $limits }
limit-least = minstens { $least }, niet { $asked }
limit-most = hoogstens { $most }, niet { $asked }
limit-between = { $least } tot { $most }, niet { $asked }
said-no =
    { $count ->
        [one] weigert
       *[other] weigeren
    }: { $reason }
cannot-do =
    { $count ->
        [one] kan
       *[other] kunnen
    } dat niet ({ $ability })
measured-only =
    { $count ->
        [one] meet
       *[other] meten
    } dat alleen; het is niet in te stellen
cannot-be-stopped =
    { $count ->
        [one] kan
       *[other] kunnen
    } onderweg niet stoppen
has-choices =
    { $count ->
        [one] kent
       *[other] kennen
    } { $choices }, niet { $asked }

send-code = Als ik dat moet doen ({ $deed }), stuur dan binnen twee minuten { $code }.
too-many-codes = Er waren te veel verkeerde codes. Een uur lang doe ik dit niet: { $deed }.
offer = Zal ik { $deed }?
offer-now = Zal ik nu { $deed }?
nothing-to-say = Daar heb ik niets op te zeggen.
no-yes-awaited = Er wacht niets op een ja.
send-the-code = Stuur de code, dan gebeurt het: { $deeds }.
or-to = of
then-not = Dan doe ik het niet: { $deeds }.
no-code-awaited = Er wacht niets op een code. Een code geldt twee minuten en één keer.
wrong-code = Die code klopt niet, dus er is niets gedaan.
not-repeated = Ik werd onderbroken en heb dit niet herhaald: { $deeds }.
interrupted = Ik werd onderbroken: als dat niet alles was, zeg het dan nog eens.
not-again = Ik werd onderbroken en doe dat niet uit mezelf nog eens.
not-told = Dat weet ik niet: geen apparaat vertelt het me en niemand heeft gevraagd het te onthouden.
not-paired =
    { $count ->
        [one] { $names } is nog niet gekoppeld; schrijf bijvoorbeeld: koppel { $first }
       *[other] { $names } zijn nog niet gekoppeld; schrijf bijvoorbeeld: koppel { $first }
    }

residents-only = Dat is voor de mensen die hier wonen.
adults-only = Dat mag alleen een volwassene van het huis.
owners-only = Dat mag alleen een eigenaar.
too-new = Ik ken je van hier nog geen dag, dus een eigenaar moet eerst akkoord gaan. Ik heb het gevraagd; zeg het nog eens zodra je hoort dat ik je vertrouw.
never-above = { $name } gaat hier nooit boven { $most }.
may-not =
    { $role ->
        [owner] Een eigenaar
        [adult] Een volwassene
        [child] Een kind
       *[guest] Een gast
    } mag dat niet met { $name }.
failed-myself = Daar ben ik zelf op vastgelopen; mijn logboek zegt meer.

model-says = Mijn model zegt:
unchanged = In huis is niets veranderd.
in-the-house = In huis: { $things }
and-more = { $things } en nog { $n }
does-not-answer =
    { $count ->
        [one] antwoordt
       *[other] antwoorden
    } niet
has-not-told =
    { $count ->
        [one] heeft niet verteld hoe het ervoor staat
       *[other] hebben niet verteld hoe het ervoor staat
    }
