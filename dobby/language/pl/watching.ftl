# Co mają robić kamery, i reguły domowników: potwierdzone, wyliczone, dopytane.

## Kamery

where-looks = Dokąd patrzy?
where-looks-first = Dokąd patrzy? Najpierw to powiedz.
place-unknown = Nie wiem jeszcze, dokąd patrzy { $cameras }. Dokąd?
place-kept = Tego teraz pilnuję: { $place }. Właścicieli powiadamiam o ludziach, o pojazdach, które się zatrzymują, i o tym, co tam zostawiono. Na stronie można zaznaczyć, co mam pomijać.
do-place = przyjąć, że { $name } patrzy tam, i pilnować tego: { $place }
camera-name = Kamera { $place }
say-undo = Powiedz „cofnij to”, a to cofnę.
nothing-to-set = Nie ma w tym nic do ustawienia.
password-again = Nie mam już jej hasła. Przyślij adres jeszcze raz.
no-such-setting = To nie jest ustawienie kamery.
place-watched = Tego teraz pilnuję: { $place }.
camera-unplaced = Widzę teraz: { $name }. Powiedz, dokąd patrzy, a będę jej pilnować.
no-camera-at-address = Pod tym adresem nie ma kamery.
camera-taken-in = Mam ją: { $name }. Teraz zapytam, dokąd patrzy.
do-add-camera = dodać kamerę { $address }
do-add-camera-as = dodać kamerę { $address } jako „{ $name }”
two-cameras = Podaj dwie kamery, które widzą to samo miejsce.
one-place = To, co tam widać naraz, to dla mnie odtąd jedno ({ $places })
own-places = to dla mnie osobne miejsca: { $places }
set-watched =
    { $on ->
        [yes] tego pilnuję: { $places }
       *[no] tego już nie pilnuję: { $places }
    }
set-private-hours = codziennie od { $hours } nie patrzę tam ({ $places })
set-private =
    { $on ->
        [yes] tryb prywatny jest włączony: nie patrzę tam ({ $places })
       *[no] tryb prywatny jest wyłączony: znowu patrzę ({ $places })
    }
set-record =
    { $on ->
        [yes] zachowuję stamtąd zdjęcia ({ $places })
       *[no] nie zachowuję stamtąd zdjęć ({ $places })
    }
set-describe =
    { $on ->
        [yes] model spoza domu może widzieć te zdjęcia: { $places }
       *[no] model spoza domu nie może widzieć tych zdjęć: { $places }
    }
do-watched =
    { $on ->
        [yes] pilnować tego ({ $places })
       *[no] już tego nie pilnować ({ $places })
    }
do-private-hours = nie patrzeć tam codziennie od { $hours } ({ $places })
do-private =
    { $on ->
        [yes] nie patrzeć tam ({ $places })
       *[no] znowu tam patrzeć ({ $places })
    }
do-record =
    { $on ->
        [yes] zachowywać stamtąd zdjęcia ({ $places })
       *[no] nie zachowywać stamtąd zdjęć ({ $places })
    }
do-describe =
    { $on ->
        [yes] pokazywać te zdjęcia modelowi spoza domu ({ $places })
       *[no] nie pokazywać więcej tych zdjęć modelowi spoza domu ({ $places })
    }
do-overlap =
    { $on ->
        [yes] uznać to za jedno miejsce ({ $places })
       *[no] uznać to za osobne miejsca ({ $places })
    }
do-be =
    { $home ->
        [yes] przyjąć, że jesteś w domu
       *[no] przyjąć, że cię nie ma
    }
welcome-home = Witaj w domu. Zapytaj, co się działo, a opowiem.
see-you-later = Dobrze, wiem, że cię nie ma. Do zobaczenia.

## Reguły powiadomień

alerts-usual = Właścicieli powiadamiam o ludziach, o pojazdach, które się zatrzymują, o rzeczach zostawionych albo zabranych, o drzwiach, które są wciąż otwarte, i o kamerach, które nie widzą; o zwierzętach nie.
no-rules = Nie masz żadnych reguł. { alerts-usual }
no-rules-there = Nie masz żadnej reguły dla tej kamery.
no-such-rule = Nie masz takiej reguły.
which-seen = Nie wiem, o co ci chodzi: powiedz to, kiedy cię o tym powiadomię.
no-rule-of-that = Nie mogę zrobić z tego reguły.
no-such-zone = Żadna część obrazu nie nazywa się „{ $name }”. Zaznacz ją na stronie i nazwij.
no-such-zone-but = Żadna część obrazu nie nazywa się „{ $name }”. Znam: { $known }. Zaznacz ją na stronie i nazwij.
will-tell = Dobrze, będę powiadamiać: { $scope }.
will-tell-only = Dobrze, z tego, co tam widzę, będę powiadamiać tylko o jednym: { $scope }.
will-not-tell = Dobrze, o tym nie będę powiadamiać: { $scope }. Powiedz „cofnij to”, a to cofnę.
do-not-tell = o tym już nie powiadamiać: { $scope }
do-not-tell-like = o tym już nie powiadamiać: { $scope }, jak w ostatnim powiadomieniu
do-drop-rule = zapomnieć regułę { $number } twoich powiadomień
do-drop-rules =
    { $which ->
        [all] zapomnieć wszystkie twoje reguły powiadomień
        [last] zapomnieć twoją ostatnią regułę powiadomień
       *[some] zapomnieć regułę powiadomień
    }
your-rules = Twoje reguły; rozstrzyga najnowsza, która pasuje:
which-rule = Którą? Powiedz na przykład: usuń regułę 1
rule-called = reguła { $number }
rule-quoted = „{ $said }”
rules-forgotten = Zapomniane: { $rules }.
kept-nothing-back = Niczego przed tobą nie ukryłem.
told-of-nothing = O niczym cię jeszcze nie powiadomiłem.
alert-explained = „{ $alert }”: { $why }
taken-back = Cofnięte: „{ $said }”.
that-taken-back = To jest cofnięte.
