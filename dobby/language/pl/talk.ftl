# Co Dobby mówi od siebie: powitania, pomoc, zegar, co zna, nazwy, co pamięta.

hello = Cześć. Co mogę zrobić?
thanks = Nie ma za co.
bye = Do usłyszenia.
who-am-i = Jestem Dobby i zajmuję się tym domem. Napisz „pomoc”, a powiem, co umiem.
help = Powiedz zwyczajnie, czego chcesz: „włącz światło w kuchni”, „trochę cieplej”, „włącz jazz w łazience”, „zasuń rolety”. Zapytaj: „czy garaż jest otwarty?”, „które światła są włączone?”, „ile jest stopni?”. Listy i minutniki: „dodaj mleko do listy zakupów”, „minutnik na dziesięć minut”. Pamięć: „zapamiętaj, że zapasowy klucz jest u Anny”, „gdzie jest zapasowy klucz?”. Osoby: „zaproś: Anna jako dorosła”, „kogo znasz?”. Powiedz „szukaj nowych urządzeń”, a się rozejrzę; „cofnij”, a cofnę to, co zanotowałem.
left-alone = W porządku, zostawiam to.
date-is = Dziś jest { $date }.
time-is = Jest { $time }.

language-kept = Dobrze, od teraz mówimy po polsku.
ask-for-language = Nic nie zrobiłem: tutaj słucham w innym języku. Wolisz po polsku? Napisz „mów po polsku”.

known-devices = Znam: { $devices }.
found-no = Nic takiego tu nie ma: { $what }.
found-nothing = W tej sieci nic jeszcze nie znalazłem.
no-devices-in = Nie znam tam żadnych urządzeń: { $room }.
no-devices = Nie znam jeszcze żadnych urządzeń. Powiedz: szukaj nowych urządzeń.
devices-in = { $room }: { $devices }.
no-such-device = Nie znam takiego urządzenia.

goes-by = { $who }: teraz także „{ $name }”
is-called = { $who }: teraz nazwa „{ $name }”
naming =
    { $how ->
        [name] pod nazwą „{ $name }”
        [room] w miejscu „{ $name }”
       *[alias] także pod nazwą „{ $name }”
    }
do-name = zapisać { $thing } { $names }

do-remember = zapamiętać, że powiedziano: „{ $text }”
do-forget = zapomnieć, co wiem o „{ $what }”
do-undo = cofnąć to, co zmieniono ostatnio

broken = Coś się przy tym we mnie popsuło i nic więcej nie zostało zrobione. Co się stało, jest w moim dzienniku.
given-up = Przy „{ $text }” przerwano mi { $n } razy, więc więcej nie próbuję. Sprawdź, jak daleko to doszło, zanim powiesz to jeszcze raz.
kept-image = Zachowuję zdjęcie, ale przysłanych zdjęć nie mogę oglądać.
kept-audio = Zachowuję wiadomość głosową, ale nie umiem jeszcze słuchać: proszę, napisz to.
kept-other = Zachowuję plik, ale plików jeszcze nie umiem czytać.
not-kept = W wiadomości było coś, czego nie udało mi się pobrać.
secret-forgotten = Coś mi przerwało, zanim użyłem przysłanego hasła lub kodu, a żadnego nie przechowuję. Nic się z nim nie stało: proszę, przyślij je jeszcze raz.
stopped-before = Było „stop”, więc tego nie zacząłem: „{ $text }”.
too-late = Wiadomość „{ $text }” przyszła już dawno ({ $late } temu) i nie została wykonana. Powiedz to jeszcze raz, jeśli to nadal aktualne.
too-late-begun = Wiadomość „{ $text }” przyszła już dawno ({ $late } temu); coś mi przerwało i tego nie dokończyłem. Powiedz to jeszcze raz, jeśli to nadal aktualne.
