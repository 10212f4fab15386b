# Waarom er met de camera's niets gebeurde, en één goede vraag.

morning-or-evening = Vanaf { $hour } uur 's ochtends of 's avonds? Zeg bijvoorbeeld: { $example }
no-camera-there = Daar kijkt geen camera: { $place }. Ik zie: { $known }.
no-part-there = Daar kijkt geen camera: { $place }. Ik zie: { $known }. Op de pagina kan een deel van een beeld worden getekend en die naam krijgen.
alerts-how-long = Hoelang zal ik niets melden? Zeg bijvoorbeeld: een uur lang geen meldingen.
camera-kept = Een camera vergeten kan ik niet. Ik kan hem met rust laten: stop met bewaken ({ $places }).
camera-address = De meeste camera's vind ik zelf. Voor andere heb ik het hele adres nodig, bijvoorbeeld: voeg een camera rtsp://192.168.1.20/live toe. Het staat in de handleiding of in de app van de camera.
