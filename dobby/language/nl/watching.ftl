# Wat camera's moeten doen, en de regels van mensen: bevestigd, opgesomd, nagevraagd.

## Camera's

where-looks = Waar kijkt hij naar?
where-looks-first = Waar kijkt hij naar? Zeg dat eerst.
place-unknown = Ik weet nog niet waar { $cameras } naar kijkt. Waarnaar?
place-kept = Dit bewaak ik nu: { $place }. Eigenaars meld ik mensen, voertuigen die stoppen en wat daar wordt neergelegd. Wat ik moet overslaan kan op de pagina worden getekend.
do-place = aannemen dat { $name } daarnaar kijkt, en dat bewaken: { $place }
camera-name = Camera { $place }
say-undo = Zeg “maak dat ongedaan” en ik neem het terug.
nothing-to-set = Daar is niets aan in te stellen.
password-again = Ik heb het wachtwoord niet meer. Stuur het adres nog een keer.
no-such-setting = Dat is geen instelling van een camera.
place-watched = Dit bewaak ik nu: { $place }.
camera-unplaced = Ik zie nu { $name }. Zeg waar hij naar kijkt, dan bewaak ik hem.
no-camera-at-address = Op dat adres is geen camera.
camera-taken-in = Ik heb hem: { $name }. Nu vraag ik waar hij naar kijkt.
do-add-camera = de camera op { $address } toevoegen
do-add-camera-as = de camera op { $address } toevoegen als “{ $name }”
two-cameras = Noem twee camera's die dezelfde plek zien.
one-place = Wat daar tegelijk te zien is, is voor mij vanaf nu één ding ({ $places })
own-places = dit zijn voor mij aparte plekken: { $places }
set-watched =
    { $on ->
        [yes] dit bewaak ik: { $places }
       *[no] dit bewaak ik niet meer: { $places }
    }
set-private-hours = elke dag van { $hours } kijk ik daar niet ({ $places })
set-private =
    { $on ->
        [yes] de privémodus is aan: ik kijk daar niet ({ $places })
       *[no] de privémodus is uit: ik kijk weer ({ $places })
    }
set-record =
    { $on ->
        [yes] ik bewaar beelden van wat daar gebeurt ({ $places })
       *[no] ik bewaar geen beelden van wat daar gebeurt ({ $places })
    }
set-describe =
    { $on ->
        [yes] een model buiten het huis mag deze beelden zien: { $places }
       *[no] een model buiten het huis mag deze beelden niet zien: { $places }
    }
do-watched =
    { $on ->
        [yes] dit bewaken ({ $places })
       *[no] dit niet meer bewaken ({ $places })
    }
do-private-hours = daar elke dag van { $hours } niet kijken ({ $places })
do-private =
    { $on ->
        [yes] daar niet kijken ({ $places })
       *[no] daar weer kijken ({ $places })
    }
do-record =
    { $on ->
        [yes] beelden bewaren van wat daar gebeurt ({ $places })
       *[no] geen beelden bewaren van wat daar gebeurt ({ $places })
    }
do-describe =
    { $on ->
        [yes] een model buiten het huis deze beelden laten zien ({ $places })
       *[no] geen model buiten het huis deze beelden meer laten zien ({ $places })
    }
do-overlap =
    { $on ->
        [yes] dit voor één plek houden ({ $places })
       *[no] dit voor aparte plekken houden ({ $places })
    }
do-be =
    { $home ->
        [yes] aannemen dat je thuis bent
       *[no] aannemen dat je weg bent
    }
welcome-home = Welkom thuis. Vraag wat er gebeurd is en ik vertel het je.
see-you-later = Goed, ik weet dat je weg bent. Tot later.

## Regels voor meldingen

alerts-usual = Eigenaars meld ik mensen, voertuigen die stoppen, dingen die worden neergelegd of meegenomen, deuren die open blijven en camera's die niets zien; geen dieren.
no-rules = Je hebt geen regels gemaakt. { alerts-usual }
no-rules-there = Voor die camera heb je geen regel gemaakt.
no-such-rule = Zo'n regel heb je niet.
which-seen = Ik weet niet wat je bedoelt: zeg dat als ik het je heb gemeld.
no-rule-of-that = Daar kan ik geen regel van maken.
no-such-zone = Geen deel van een beeld heet “{ $name }”. Teken het op de pagina en geef het een naam.
no-such-zone-but = Geen deel van een beeld heet “{ $name }”. Ik ken: { $known }. Teken het op de pagina en geef het een naam.
will-tell = Goed, dit meld ik je: { $scope }.
will-tell-only = Goed, van wat ik daar zie meld ik je alleen dit: { $scope }.
will-not-tell = Goed, dit meld ik je niet: { $scope }. Zeg “maak dat ongedaan” en ik neem het terug.
do-not-tell = dit niet meer melden: { $scope }
do-not-tell-like = dit niet meer melden: { $scope }, zoals in mijn laatste melding
do-drop-rule = regel { $number } van je meldingen vergeten
do-drop-rules =
    { $which ->
        [all] al je regels voor meldingen vergeten
        [last] je laatste regel voor meldingen vergeten
       *[some] een regel voor meldingen vergeten
    }
your-rules = Je regels; de nieuwste die past beslist:
which-rule = Welke? Zeg bijvoorbeeld: verwijder regel 1
rule-called = regel { $number }
rule-quoted = “{ $said }”
rules-forgotten = Vergeten: { $rules }.
kept-nothing-back = Ik heb niets voor je verzwegen.
told-of-nothing = Ik heb je nog niets gemeld.
alert-explained = “{ $alert }”: { $why }
taken-back = Teruggenomen: “{ $said }”.
that-taken-back = Dat is teruggenomen.
