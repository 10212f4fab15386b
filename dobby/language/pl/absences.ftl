# Mostek, który zniknął ze wszystkim za nim albo wrócił.

devices-behind =
    { $count ->
        [2] oba urządzenia
       *[other] wszystkie urządzenia ({ $count })
    }
bridge-gone = Brak odpowiedzi: { $bridge }. Od { $minutes } minut milczą { devices-behind } za tym mostkiem ({ $names }). Czy jest prąd i sieć?
bridge-back = Znów odpowiada: { $bridge }, a z nim { devices-behind }.
bridge-back-without = Znów odpowiada: { $bridge }, ale jeszcze nie { $names }.
