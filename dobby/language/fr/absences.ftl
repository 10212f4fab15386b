# Un pont disparu avec tout ce qui est derrière, ou revenu.

devices-behind =
    { $count ->
        [2] les deux appareils
       *[other] les { $count } appareils
    }
bridge-gone = { $bridge } a disparu : { devices-behind } derrière ({ $names }) ne répondent plus depuis { $minutes } minutes. Y a-t-il du courant, et le réseau ?
bridge-back = { $bridge } répond de nouveau, avec { devices-behind }.
bridge-back-without = { $bridge } répond de nouveau, mais pas encore { $names }.
