# Kto jest kim, jak kogoś wpuścić i co słyszą obcy.

role =
    { $role ->
        [owner] właściciel
        [adult] dorosły
        [child] dziecko
       *[guest] gość
    }
stranger = Zajmuję się domem i nie znam tego numeru. Poproś właściciela domu o kod i wyślij mi go tutaj. (Właściciel znajdzie go przez `dobby pair` na moim serwerze.)
code-too-old = Ten kod jest zły albo za stary.
codes-too-many = To był o jeden zły kod za dużo. Z tego numeru nie przyjmuję dziś więcej kodów.
welcome = Witaj, { $name }. Od teraz znam cię tak: { role }. Napisz „pomoc”, kiedy chcesz.
code-of-another = Tym kodem wpuszczam kogoś innego: { $invited }. Ciebie znam jako { $name } i kod tego nie zmienia: musi mi go wysłać { $invited }.
known-here = Już cię tu znam, { $name }. Wyślij mi ten kod ze swojego drugiego numeru.

owners-let-in = Tylko właściciel może kogoś wpuścić albo wyprosić.
too-new-to-let-in = Znam ten numer krócej niż dzień, a chodzi o to, kto może wejść: powiedz to na stronie albo niech powie to inny właściciel.
people-known = Znam: { $people }.
person-with-role = { $name } ({ role })
code-once = Działa raz, w ciągu godziny.
invited = { $name } wysyła mi ten kod, żeby wejść ({ role }): { $code }. { code-once }
invited-anew = { $name } wysyła mi ten kod, żeby wejść ({ role }, dotąd { $was }): { $code }. { code-once }
number-code = Wyślij mi ten kod ze swojego drugiego numeru: { $code }. { code-once }
still-owner = { $name } ma prawa właściciela i kod tego nie zmienia. Właściciel może powiedzieć: usuń: { $name }; a potem: zaproś: { $name }.
not-yourself = To twój dom; na twoje własne słowo cię nie wyproszę.
last-owner = Ten dom zostałby bez właściciela, więc nic nie zmieniono.
shut-out = { $name } nie może już ze mną rozmawiać.
is-it-right = { $name } ({ role }, od niespełna dnia, { $address }) chce: { $wish }. Nie zrobiłem tego. Jeśli to w porządku, powiedz: zaufaj: { $name }. Jeśli nie, powiedz: usuń: { $name }.
trusted-now = Od teraz ufam tej osobie: { $name }. O to, co było, trzeba poprosić jeszcze raz.
