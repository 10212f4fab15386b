# Pourquoi rien n'a été fait des caméras, et une bonne question.

morning-or-evening = À partir de { $hour } heures du matin, ou du soir ? Dites par exemple : { $example }
no-camera-there = Aucune caméra ne regarde là : { $place }. Je vois : { $known }.
no-part-there = Aucune caméra ne regarde là : { $place }. Je vois : { $known }. Sur la page, une partie d'une image peut être dessinée et recevoir ce nom.
alerts-how-long = Pendant combien de temps dois-je ne rien signaler ? Dites par exemple : pas d'alertes pendant une heure.
camera-kept = Je ne peux pas oublier une caméra. Je peux la laisser tranquille : arrête de surveiller ({ $places }).
camera-address = Je trouve moi-même la plupart des caméras. Pour les autres, il me faut l'adresse entière, par exemple : ajoute une caméra rtsp://192.168.1.20/live. Elle est dans la notice ou dans l'application de la caméra.
