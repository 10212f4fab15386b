# Waarom er niets gedaan is, en één goede vraag. $said: of er woorden te tonen zijn.

not-understood =
    Ik heb niets gedaan: { $said ->
        [yes] “{ $what }” begrijp ik niet. Wat bedoel je daarmee?
       *[no] dat begreep ik niet zeker. Wat bedoel je?
    }
empty = Er stond niets in dat bericht.
too-long = Dat is me te lang. Wat moet ik doen, in het kort?
ask-what = Wat wil je weten?
what-shall-i-do = Wat moet ik ermee doen: { $what }?
what-thing = Wat bedoel je? Noem het bij de naam.
what-is-that = Wat bedoel je daarmee? Noem het bij de naam.
which-thing = Welke? Noem hem bij de naam.
which-one = Welke: { $options }?
which-room = Welke kamer? Ik ken: { $rooms }.
which-timer = Welke timer: { $options }?
unknown-name = “{ $what }” ken ik niet. Ik ken: { $rooms }.
unknown-kind = Ik ken hier geen { kinds }.
unknown-there = “{ $what }” vind ik daar niet. Daar ({ $room }) ken ik: { $known }. Welke?
unable = Dat kan niet met: { $names }.
knows-only =
    { $name } kan niet { $mode ->
        [heat] verwarmen
        [cool] koelen
        [dry] ontvochtigen
        [fan] alleen ventileren
       *[auto] automatisch werken
    }. De keuze is: { $options }.
goes-to = De keuze bij { $name }: { $options }. Welke?
out-of-range = { $name } gaat van { $low } tot { $high }. Wat moet het zijn?
level-unseen = Dat zie ik bij { $name } nu niet ({ ability }). Naar welke waarde?
big-step = Dat is een grote stap. Naar hoeveel graden?
negation = Ik heb niets gedaan, omdat je zei van niet. Wat moet ik dan doen?
condition = Ik heb niets gedaan: dat hangt ergens van af.
either = Ik heb niets gedaan: welke van de twee moet het zijn?
past = Ik heb niets gedaan: dat gaat over het verleden. Wat moet ik nu doen?
future = Ik heb niets gedaan: ik kan alleen meteen iets doen, niet later.
reported = Ik heb niets gedaan: dat klonk niet als een opdracht. Wat moet ik doen?
exception-unknown = Ik weet niet wat ik moet overslaan: { $what }. Welke?
nothing-to-do = Goed, ik laat het zoals het is.
two-things-at-once = Ik heb niets gedaan: je wilt twee dingen tegelijk van één apparaat. Welk van de twee?
everything-on = Ik heb niets gedaan: alles tegelijk is veel. Wat moet ik aanzetten?
how-armed = Hoe moet ik inschakelen: thuis, afwezig of nacht?
how-many-degrees = Hoeveel graden moet het zijn?
join-whom = Met welke luidspreker?
move-whence = Van welke luidspreker moet de muziek komen?
no-speaker = Daar ken ik geen luidspreker. Ik ken: { $rooms }.
no-player = Ik ken niets dat muziek speelt.
play-what = Wat moet ik spelen?
playing-already = Het speelt al. Wat moet ik spelen?
plays-not = Ik heb niets gedaan: { $what } speelt nu niet. Wat moet ik stoppen?
one-room = Eén kamer tegelijk, graag. Welke?
timer-how-long = Hoe lang?
timer-too-short = Zoveel tijd staat er niet meer op. Wat moet ik doen?
no-timer = Zo'n timer ken ik niet: { $name }.
not-on-list = Dat staat niet op { $name }. Er staat: { $items }.
nothing-moves = Voor zover ik weet beweegt of speelt er niets.
cannot-undo = Ik kan alleen terugnemen wat ik moest onthouden. Wat zal ik in plaats daarvan instellen?
of-roles = Ik heb niets gedaan. Wat iemand mag, hangt af van de rol, en ik houd geen regel bij voor één persoon of één ding: eigenaars en volwassenen mogen alles instellen, het gevoelige na een code; kinderen en gasten niets gevoeligs en geen alarm; gasten ook geen slot en geen verwarming. Een eigenaar kan iemand opnieuw uitnodigen met een andere rol, of verwijderen. Wat zal ik doen?
and-now = { $why } Wat zal ik nu doen?
name-unclear = “{ $name }” is geen naam die ik van andere woorden kan onderscheiden.
name-order = “{ $name }” is een opdracht: als naam zou iedereen die missen.
name-word = “{ $name }” is een woord waar opdrachten uit bestaan: als naam zou het ontbreken.
name-common = “{ $name }” heten al meer dingen, of andere.
name-hides = “{ $name }” zou voor iets anders doorgaan ({ $like }), en dit is: { $kind }. De naam moet dat zeggen.
asked-later = Dat weet ik niet: ik weet alleen hoe het nu is, niet hoe het wordt.
asked-past = Dat weet ik niet: ik weet alleen hoe het nu is, niet hoe het was.
