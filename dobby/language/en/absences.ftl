# A bridge that is gone with all behind it, or back.

devices-behind =
    { $count ->
        [2] both devices
       *[other] all { $count } devices
    }
bridge-gone = { $bridge } is gone: { devices-behind } behind it ({ $names }) have not answered for { $minutes } minutes. Has it power and network?
bridge-back = { $bridge } answers again, with { devices-behind }.
bridge-back-without = { $bridge } answers again, but not yet { $names }.
