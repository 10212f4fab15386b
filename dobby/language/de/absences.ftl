# Eine Brücke, die mit allem dahinter weg oder wieder da ist.

devices-behind =
    { $count ->
        [2] beide Geräte
       *[other] alle { $count } Geräte
    }
bridge-gone = { $bridge } ist weg: { devices-behind } dahinter ({ $names }) antworten seit { $minutes } Minuten nicht. Ist Strom da, und Netz?
bridge-back = { $bridge } antwortet wieder, { devices-behind } dahinter auch.
bridge-back-without = { $bridge } antwortet wieder, aber noch nicht { $names }.
