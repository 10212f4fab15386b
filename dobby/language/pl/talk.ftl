# Co Dobby mówi od siebie: powitania, pomoc, zegar, co zna, nazwy, co pamięta.

hello = Cześć. Co mogę zrobić?
thanks = Nie ma za co.
bye = Do usłyszenia.
who-am-i = Jestem Dobby i zajmuję się tym domem. Napisz „pomoc”, a powiem, co umiem.
help = Powiedz zwyczajnie, czego chcesz: „włącz światło w kuchni”, „trochę cieplej”, „włącz jazz w łazience”, „zasuń rolety”. Zapytaj: „czy garaż jest otwarty?”, „które światła są włączone?”, „ile jest stopni?”. Listy i minutniki: „dodaj mleko do listy zakupów”, „minutnik na dziesięć minut”. Kamery, pamięć, osoby i nazwy rozumiem na razie po angielsku: "who is at the door?", "remember that the spare key is with Anna", "invite Anna as adult", "rename the hall lamp to Bob". Na "scan" szukam nowych urządzeń, na "undo" cofam to, co zanotowałem.
left-alone = W porządku, zostawiam to.
date-is = Dziś jest { $date }.
time-is = Jest { $time }.

language-kept = Dobrze, od teraz mówimy po polsku.
ask-for-language = Nic nie zrobiłem: tutaj słucham w innym języku. Wolisz po polsku? Napisz „mów po polsku”.

known-devices = Znam: { $devices }.
found-no = Nic takiego tu nie ma: { $what }.
found-nothing = W tej sieci nic jeszcze nie znalazłem.
no-devices-in = Nie znam tam żadnych urządzeń: { $room }.
no-devices = Nie znam jeszcze żadnych urządzeń. Powiedz: scan.
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
