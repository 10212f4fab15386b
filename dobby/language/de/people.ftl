# Wer wer ist, wie jemand eingelassen wird, und was Fremde hören.

role =
    { $role ->
        [owner] Besitzer
        [adult] Erwachsener
        [child] Kind
       *[guest] Gast
    }
stranger = Ich kümmere mich um ein Haus und kenne diese Nummer nicht. Lass dir vom Besitzer des Hauses einen Code geben und sende ihn mir hier. (Wer das Haus besitzt, findet einen mit `dobby pair` auf meinem Server.)
code-too-old = Dieser Code stimmt nicht, oder er ist zu alt.
codes-too-many = Das war ein falscher Code zu viel. Von dieser Nummer nehme ich heute keine Codes mehr an.
welcome = Willkommen, { $name }. Du bist für mich ab jetzt: { role }. Schreib jederzeit „Hilfe“.
code-of-another = Dieser Code lässt { $invited } herein. Dich kenne ich als { $name }, und ein Code ändert das nicht: { $invited } muss ihn mir selbst senden.
known-here = Ich kenne dich hier schon, { $name }. Sende mir diesen Code von deiner anderen Nummer.

owners-let-in = Nur wer das Haus besitzt, kann Leute hereinlassen oder ausschließen.
too-new-to-let-in = Ich kenne diese Nummer noch keinen Tag, und es geht darum, wer hereindarf: Sag es auf der Seite, oder lass es einen anderen Besitzer sagen.
people-known = Ich kenne { $people }.
person-with-role = { $name } ({ role })
code-once = Er gilt einmal und eine Stunde lang.
invited = Mit diesem Code, den { $name } mir sendet, lasse ich { $name } herein ({ role }): { $code }. { code-once }
invited-anew = Mit diesem Code, den { $name } mir sendet, lasse ich { $name } herein ({ role }, bisher { $was }): { $code }. { code-once }
number-code = Sende mir diesen Code von deiner anderen Nummer: { $code }. { code-once }
still-owner = { $name } besitzt das Haus mit, und ein Code ändert das nicht. Ein Besitzer kann sagen: entferne { $name }; und dann neu einladen: lade { $name } ein.
not-yourself = Das Haus gehört dir; auf dein eigenes Wort schließe ich dich nicht aus.
last-owner = Dann hätte dieses Haus keinen Besitzer mehr, also wurde nichts geändert.
shut-out = { $name } kann nicht mehr mit mir reden.
is-it-right = Ein Wunsch von { $name } ({ role }, seit weniger als einem Tag dabei, von { $address }): { $wish }. Ich habe es nicht getan. Wenn das recht ist, sag: vertraue { $name }. Wenn nicht, sag: entferne { $name }.
trusted-now = Ich vertraue { $name } von jetzt an. Was gewünscht war, muss noch einmal gesagt werden.
