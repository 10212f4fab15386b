# Un puente que desapareció con todo lo que tiene detrás, o que volvió.

devices-behind =
    { $count ->
        [2] los dos dispositivos
       *[other] los { $count } dispositivos
    }
bridge-gone = { $bridge } ha desaparecido: { devices-behind } que tiene detrás ({ $names }) no responden desde hace { $minutes } minutos. ¿Tiene corriente y red?
bridge-back = { $bridge } responde otra vez, con { devices-behind }.
bridge-back-without = { $bridge } responde otra vez, pero todavía no { $names }.
