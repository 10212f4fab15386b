# Dlaczego z kamerami nic się nie stało, i jedno dobre pytanie.

morning-or-evening = Od { $hour } rano czy wieczorem? Powiedz na przykład: { $example }
no-camera-there = Żadna kamera tam nie patrzy: { $place }. Widzę: { $known }.
no-part-there = Żadna kamera tam nie patrzy: { $place }. Widzę: { $known }. Na stronie można zaznaczyć część obrazu i tak ją nazwać.
alerts-how-long = Jak długo mam o niczym nie powiadamiać? Powiedz na przykład: żadnych powiadomień przez godzinę.
camera-kept = Nie mogę zapomnieć kamery. Mogę zostawić ją w spokoju: przestań obserwować ({ $places }).
camera-address = Większość kamer znajduję sam. Do innych potrzebuję całego adresu, na przykład: dodaj kamerę rtsp://192.168.1.20/live. Jest w instrukcji albo w aplikacji kamery.
