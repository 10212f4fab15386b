# Dlaczego model nie odpowiedział.

plain-commands = Proste polecenia nadal rozumiem.
model-slow = Mój model potrzebował za dużo czasu, limit to { $took }.
model-aimless = Mój model chciał coś zrobić, ale nie powiedział co.
model-tireless = Mój model chciał na to za wielu kroków, limit to { $limit }; zatrzymałem go.
model-cut-off = Odpowiedź mojego modelu się urwała.
model-away = Nie mogę połączyć się z moim modelem.
model-senseless = Odpowiedź mojego modelu nie miała sensu.
model-spent = Dzisiejszy budżet mojego modelu (${ $limit }) się wyczerpał.
model-silent = Mój model nie miał nic do powiedzenia.
model-endless = Odpowiedź mojego modelu była za długa i się urwała, więc ją pomijam.
model-refused = Mój model odmówił odpowiedzi.
model-strange = Mój model zakończył odpowiedź w sposób, którego nie znam.
model-elsewhere = Serwer mojego modelu odsyła mnie do innego, a ja tam nie idę.
model-key = Mój model nie przyjmuje mojego klucza.
model-unknown = Serwer mojego modelu nie zna modelu, o który proszę.
model-busy = Mój model ma teraz za dużo do zrobienia.
model-broken = Mój model teraz nie działa.
