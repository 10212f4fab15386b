# Co jest nie tak z pamięcią.

memory-damaged =
    Część mojej pamięci uszkodziła się na dysku. Nie da się odczytać: { $what }. { $count ->
        [one] Odłożyłem to
        [few] Odłożyłem to wszystko
        [many] Odłożyłem to wszystko
       *[other] Odłożyłem to wszystko
    } na bok, a cała reszta działa dalej. Jeśli czegoś brakuje, `dobby restore` na moim serwerze przywraca kopię.
lost =
    { $n ->
        [one] { $kind ->
                [message] 1 wiadomość
                [device] 1 urządzenie
                [room] 1 pokój
                [person] 1 osoba
                [address] 1 adres
                [fact] 1 zapamiętana rzecz
                [conversation] 1 rozmowa
                [name] 1 nazwa
                [pairing] 1 parowanie
                [camera] 1 kamera
                [incident] 1 zdarzenie
                [alert_rule] 1 reguła powiadomień
                [picture] 1 zdjęcie
               *[other] 1 inny wpis
            }
        [few] { $kind ->
                [message] { $n } wiadomości
                [device] { $n } urządzenia
                [room] { $n } pokoje
                [person] { $n } osoby
                [address] { $n } adresy
                [fact] { $n } zapamiętane rzeczy
                [conversation] { $n } rozmowy
                [name] { $n } nazwy
                [pairing] { $n } parowania
                [camera] { $n } kamery
                [incident] { $n } zdarzenia
                [alert_rule] { $n } reguły powiadomień
                [picture] { $n } zdjęcia
               *[other] { $n } inne wpisy
            }
       *[other] { $kind ->
                [message] { $n } wiadomości
                [device] { $n } urządzeń
                [room] { $n } pokoi
                [person] { $n } osób
                [address] { $n } adresów
                [fact] { $n } zapamiętanych rzeczy
                [conversation] { $n } rozmów
                [name] { $n } nazw
                [pairing] { $n } parowań
                [camera] { $n } kamer
                [incident] { $n } zdarzeń
                [alert_rule] { $n } reguł powiadomień
                [picture] { $n } zdjęć
               *[other] { $n } innych wpisów
            }
    }
record-broken = Ktoś zmienił mój zapis tego, kto co zrobił, albo podłożył inną bazę danych: zapis już się nie zgadza. `dobby doctor` na moim serwerze powie gdzie.
say-again = Twoja ostatnia wiadomość uszkodziła się na moim dysku, zanim na nią odpowiedziałem. Powiedz to, proszę, jeszcze raz.
