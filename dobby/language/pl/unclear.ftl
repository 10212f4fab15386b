# Dlaczego nic się nie stało i jedno dobre pytanie. $said: czy są słowa do pokazania.

not-understood =
    Nic nie zrobiłem: { $said ->
        [yes] nie rozumiem „{ $what }”. Co to ma znaczyć?
       *[no] nie jestem pewien, czy rozumiem. Co mam zrobić?
    }
empty = W tej wiadomości nic nie było.
too-long = To dla mnie za długie. Co mam zrobić, w skrócie?
ask-what = Co chcesz wiedzieć?
what-shall-i-do = Co mam z tym zrobić: { $what }?
what-thing = O co chodzi? Podaj nazwę.
what-is-that = Co to ma znaczyć? Podaj nazwę.
which-thing = Które? Podaj nazwę.
which-one = Co z tego: { $options }?
which-room = W którym pokoju? Znam: { $rooms }.
which-timer = Który minutnik: { $options }?
unknown-name = Nie znam „{ $what }”. Znam: { $rooms }.
unknown-kind = Nie znam tu żadnych { kinds-many }.
unknown-there = Nie ma tam „{ $what }”. Znam tam ({ $room }): { $known }. Co z tego?
unable = Tego nie da się zrobić: { $names }.
knows-only =
    { $name } nie potrafi { $mode ->
        [heat] grzać
        [cool] chłodzić
        [dry] osuszać
        [fan] tylko wentylować
       *[auto] działać automatycznie
    }. Do wyboru: { $options }.
goes-to = Do wyboru dla „{ $name }”: { $options }. Co z tego?
out-of-range = { $name }: od { $low } do { $high }. Ile ma być?
level-unseen = Teraz tego nie widzę: { $name } ({ ability }). Na ile ustawić?
big-step = To duży krok. Na ile stopni?
negation = Nic nie zrobiłem, skoro tego nie chcesz. Co mam zrobić zamiast tego?
condition = Nic nie zrobiłem: to od czegoś zależy.
either = Nic nie zrobiłem: które z dwojga ma to być?
past = Nic nie zrobiłem: to dotyczy przeszłości. Co mam zrobić teraz?
future = Nic nie zrobiłem: mogę działać tylko od razu, nie później.
reported = Nic nie zrobiłem: to nie brzmiało jak polecenie. Co mam zrobić?
exception-unknown = Nie wiem, co pominąć: { $what }. Co z tego?
nothing-to-do = W porządku, zostawiam tak, jak jest.
two-things-at-once = Nic nie zrobiłem: od jednego urządzenia chcesz dwóch rzeczy naraz. Której?
everything-on = Nic nie zrobiłem: wszystko naraz to dużo. Co mam włączyć?
how-armed = Jak mam uzbroić: w domu, poza domem czy noc?
how-many-degrees = Ile stopni ma być?
join-whom = Z którym głośnikiem?
move-whence = Z którego głośnika ma przejść muzyka?
no-speaker = Nie znam tam głośnika. Znam: { $rooms }.
no-player = Nie znam niczego, co gra muzykę.
play-what = Co mam zagrać?
playing-already = Już gra. Co mam zagrać?
plays-not = Nic nie zrobiłem: { $what } teraz nie gra. Co mam zatrzymać?
one-room = Proszę, po jednym pokoju. Który?
timer-how-long = Na jak długo?
timer-too-short = Tyle czasu już na nim nie zostało. Co mam zrobić?
no-timer = Nie znam takiego minutnika: { $name }.
not-on-list = Tego nie ma: { $name }. Jest: { $items }.
nothing-moves = O ile wiem, nic się nie porusza i nic nie gra.
cannot-undo = Mogę cofnąć tylko to, co kazano mi zapamiętać. Co mam zamiast tego ustawić?
of-roles = Nic nie zrobiłem. To, co komu wolno, zależy od roli, i nie prowadzę reguł dla jednej osoby ani jednej rzeczy: właściciele i dorośli mogą ustawiać wszystko, rzeczy ryzykowne po kodzie; dzieci i goście nic ryzykownego i żadnego alarmu; goście także żadnego zamka ani ogrzewania. Właściciel może zaprosić kogoś na nowo w innej roli albo go usunąć. Co mam zrobić?
and-now = { $why } Co mam teraz zrobić?
name-unclear = „{ $name }” to nie nazwa, którą umiem odróżnić od innych słów.
name-order = „{ $name }” to polecenie: jako nazwy brakowałoby go wszystkim.
name-word = „{ $name }” to słowo, z którego składają się polecenia: jako nazwy by go brakowało.
name-common = „{ $name }” to nazwa kilku rzeczy albo innych.
name-hides = „{ $name }” wzięto by za coś innego ({ $like }), a to jest: { $kind }. Nazwa powinna to mówić.
asked-later = Nie wiem: znam tylko to, co jest teraz, a nie to, co będzie.
asked-past = Nie wiem: znam tylko to, co jest teraz, a nie to, co było.
