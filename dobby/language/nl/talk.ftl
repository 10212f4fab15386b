# Wat Dobby uit zichzelf zegt: groeten, hulp, de klok, wat hij kent, namen, wat hij onthoudt.

hello = Hallo. Wat kan ik doen?
thanks = Graag gedaan.
bye = Tot later.
who-am-i = Ik ben Dobby en zorg voor dit huis. Schrijf “help”, dan zeg ik wat ik kan.
help = Zeg gewoon wat je wilt: “keukenlamp aan”, “iets warmer”, “speel jazz in de badkamer”, “doe de rolluiken dicht”. Vraag: “is de garagedeur open?”, “welke lampen zijn aan?”, “hoe warm is het?”. Lijsten en timers: “zet melk op de boodschappenlijst”, “timer voor tien minuten”. Geheugen: “onthoud dat de reservesleutel bij Anna ligt”, “waar is de reservesleutel?”. Mensen: “nodig Anna uit als volwassene”, “wie ken je?”. Zeg “zoek nieuwe apparaten”, dan kijk ik; “maak ongedaan”, dan neem ik terug wat ik noteerde.
left-alone = Goed, ik laat het.
date-is = Het is { $date }.
time-is = Het is { $time } uur.

language-kept = Goed, vanaf nu spreken we Nederlands.
ask-for-language = Ik heb niets gedaan: hier luister ik in een andere taal. Liever Nederlands? Schrijf dan “spreek Nederlands”.

known-devices = Ik ken { $devices }.
found-no = Ik heb hier niets gevonden: { $what }.
found-nothing = Ik heb op dit netwerk nog niets gevonden.
no-devices-in = Daar ken ik geen apparaten: { $room }.
no-devices = Ik ken nog geen apparaten. Zeg: zoek nieuwe apparaten.
devices-in = { $room }: { $devices }.
no-such-device = Zo'n apparaat ken ik niet.

goes-by =
    { $who } { $count ->
        [one] heet
       *[other] heten
    } nu ook { $name }
is-called =
    { $who } { $count ->
        [one] heet
       *[other] heten
    } nu { $name }
naming =
    { $how ->
        [name] met de naam “{ $name }”
        [room] in de kamer “{ $name }”
       *[alias] ook met de naam “{ $name }”
    }
do-name = { $thing } noteren { $names }

do-remember = onthouden dat je zei: “{ $text }”
do-forget = vergeten wat ik weet van “{ $what }”
do-undo = terugnemen wat je het laatst veranderde

broken = Daarbij ging er in mij iets mis, en er is verder niets gedaan. Wat er gebeurde, staat in mijn logboek.
given-up = Ik werd bij “{ $text }” { $n } keer onderbroken en probeer het niet meer. Kijk hoe ver het kwam voordat je het nog eens zegt.
kept-image = Ik bewaar de foto, maar foto's die mij gestuurd worden kan ik niet bekijken.
kept-audio = Ik bewaar het spraakbericht, maar luisteren kan ik nog niet: schrijf het me alsjeblieft.
kept-other = Ik bewaar het bestand, maar bestanden kan ik nog niet lezen.
not-kept = Je stuurde iets mee dat ik niet kon ophalen.
secret-forgotten = Ik werd onderbroken voordat ik het wachtwoord of de code van jou had gebruikt, en ik bewaar er geen. Er is niets mee gedaan: stuur het alsjeblieft nog eens.
stopped-before = Je zei stop, dus ik ben niet begonnen met “{ $text }”.
too-late = Je schreef “{ $text }” { $late } geleden, en ik heb het niet gedaan. Zeg het nog eens als het nog geldt.
too-late-begun = Je schreef “{ $text }” { $late } geleden; ik werd onderbroken en ging niet verder. Zeg het nog eens als het nog geldt.
