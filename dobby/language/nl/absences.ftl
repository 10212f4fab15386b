# Een bridge die met alles erachter weg is, of terug.

devices-behind =
    { $count ->
        [2] beide apparaten
       *[other] alle { $count } apparaten
    }
bridge-gone = { $bridge } is weg: { devices-behind } erachter ({ $names }) antwoorden al { $minutes } minuten niet. Is er stroom, en netwerk?
bridge-back = { $bridge } antwoordt weer, met { devices-behind }.
bridge-back-without = { $bridge } antwoordt weer, maar nog niet { $names }.
