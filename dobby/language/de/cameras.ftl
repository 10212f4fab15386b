# Warum bei den Kameras nichts geschah, und eine gute Frage.

morning-or-evening = Ab { $hour } Uhr morgens oder abends? Zum Beispiel so: { $example }
no-camera-there = Dort sieht keine Kamera hin: { $place }. Ich sehe: { $known }.
no-part-there = Dort sieht keine Kamera hin: { $place }. Ich sehe: { $known }. Auf der Seite kann man einen Teil eines Bildes einzeichnen und so nennen.
alerts-how-long = Wie lange soll ich nichts melden? Zum Beispiel: keine Meldungen für eine Stunde.
camera-kept = Eine Kamera vergessen kann ich nicht. Ich kann sie in Ruhe lassen: hör auf, sie zu beobachten ({ $places }).
camera-address = Die meisten Kameras finde ich selbst. Für andere brauche ich die ganze Adresse, zum Beispiel: füge eine Kamera rtsp://192.168.1.20/live hinzu. Sie steht in der Anleitung oder in der App der Kamera.
