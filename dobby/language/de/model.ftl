# Warum das Modell nicht geantwortet hat.

plain-commands = Einfache Befehle verstehe ich weiterhin.
model-slow = Mein Modell hat länger gebraucht als { $took }.
model-aimless = Mein Modell wollte etwas tun und hat nicht gesagt, was.
model-tireless = Mein Modell wollte dafür mehr als { $limit } Schritte; ich habe es angehalten.
model-cut-off = Die Antwort meines Modells ist abgebrochen.
model-away = Ich erreiche mein Modell nicht.
model-senseless = Die Antwort meines Modells ergab keinen Sinn.
model-spent = Was mein Modell heute kosten darf (${ $limit }), ist aufgebraucht.
model-silent = Mein Modell hatte nichts zu sagen.
model-endless = Die Antwort meines Modells war zu lang und brach ab, darum lasse ich sie weg.
model-refused = Mein Modell wollte darauf nicht antworten.
model-strange = Mein Modell hat seine Antwort auf eine Art beendet, die ich nicht kenne.
model-elsewhere = Der Server meines Modells schickt mich zu einem anderen, und dem folge ich nicht.
model-key = Mein Modell nimmt meinen Schlüssel nicht an.
model-unknown = Der Server meines Modells kennt das Modell nicht, nach dem ich frage.
model-busy = Mein Modell hat gerade zu viel zu tun.
model-broken = Mein Modell ist gerade gestört.
