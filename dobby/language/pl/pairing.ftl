# Co czeka w sieci na sparowanie i co zostaje zapomniane.

pairing-nothing = Nic tu nie czeka na sparowanie. Powiedz „szukaj nowych urządzeń”, a sprawdzę jeszcze raz.
pairing-none-such =
    Nic z tego, co czeka na sparowanie, nie nazywa się „{ $what }”. { $count ->
        [one] Czeka
        [few] Czekają
        [many] Czekają
       *[other] Czekają
    }: { $waiting }. Powiedz na przykład: sparuj { $first }
pairing-which = Które: { $waiting }? Powiedz na przykład: sparuj { $first }
pairing-at = { $name } ({ $address })
pairing-plainly = Podaj mi kod zwykłymi słowami, na przykład: sparuj zamek w holu z 123-45-678.
pairing-empty = Sparowane, ale nie ma tam jeszcze niczego, czego mogę użyć.
paired = Sparowane. Mogę teraz używać: { $devices }.
do-pair = wpuścić „{ $what }” do tego domu
what-waits = to, co tu czeka

unpaired = Zapomniane: { $whole }.
names-stay = Nadane nazwy zachowuję do następnego sparowania.
with-all =
    { $n ->
        [few] { $name } i wszystko za tym ({ $n } urządzenia)
       *[many] { $name } i wszystko za tym ({ $n } urządzeń)
    }
not-unpaired = Nie mogę zapomnieć kamery. Mogę ją zostawić w spokoju: powiedz, że mam jej nie pilnować: { $name }.
paired-with-none = Nie mam sparowanego nic, co nazywa się „{ $what }”.
unpair-which = Które: { $names }?
do-unpair = zapomnieć „{ $what }”
