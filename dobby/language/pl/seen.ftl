# Co widzą kamery ($label), policzone ($count), oraz gdzie i kiedy.

thing =
    { $label ->
        [person] jedna osoba
        [vehicle] pojazd
        [animal] zwierzę
        [package] paczka
        [bicycle] rower
        [car] samochód
        [motorcycle] motocykl
        [bus] autobus
        [truck] ciężarówka
        [bird] ptak
        [cat] kot
        [dog] pies
        [horse] koń
        [sheep] owca
        [cow] krowa
        [bear] niedźwiedź
        [backpack] plecak
        [handbag] torebka
        [suitcase] walizka
        [something] coś
       *[other] { $label }
    }
things =
    { $label ->
        [person] osoby
        [vehicle] pojazdy
        [animal] zwierzęta
        [package] paczki
        [bicycle] rowery
        [car] samochody
        [motorcycle] motocykle
        [bus] autobusy
        [truck] ciężarówki
        [bird] ptaki
        [cat] koty
        [dog] psy
        [horse] konie
        [sheep] owce
        [cow] krowy
        [bear] niedźwiedzie
        [backpack] plecaki
        [handbag] torebki
        [suitcase] walizki
        [something] rzeczy
       *[other] { $label }
    }
of-things =
    { $label ->
        [person] osób
        [vehicle] pojazdów
        [animal] zwierząt
        [package] paczek
        [bicycle] rowerów
        [car] samochodów
        [motorcycle] motocykli
        [bus] autobusów
        [truck] ciężarówek
        [bird] ptaków
        [cat] kotów
        [dog] psów
        [horse] koni
        [sheep] owiec
        [cow] krów
        [bear] niedźwiedzi
        [backpack] plecaków
        [handbag] torebek
        [suitcase] walizek
        [something] rzeczy
       *[other] { $label }
    }
none-such = { of-things }
counted =
    { $count ->
        [one] { thing }
        [few] { $count } { things }
       *[many] { $count } { of-things }
    }
someone =
    { $count ->
        [one] ktoś
        [few] { $count } osoby
       *[many] { $count } osób
    }

## Gdzie ($place stoi samo albo w wyliczeniu) i kiedy

where =
    { $inside ->
        [yes] { $place }
       *[no] { $place }
    }
where-moved = { $where }; najpierw: { $first }
some-camera = jedna z kamer
camera-of = kamera „{ $place }”
day-today = dzisiaj
day-yesterday = wczoraj
day-on = { $date }
