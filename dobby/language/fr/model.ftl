# Pourquoi le modèle n'a pas répondu.

plain-commands = Je comprends toujours les ordres simples.
model-slow = Mon modèle a mis plus de { $took }.
model-aimless = Mon modèle voulait faire quelque chose, sans dire quoi.
model-tireless = Mon modèle voulait plus de { $limit } étapes pour cela ; je l'ai arrêté.
model-cut-off = La réponse de mon modèle a été coupée.
model-away = Je n'arrive pas à joindre mon modèle.
model-senseless = La réponse de mon modèle n'avait pas de sens.
model-spent = Le budget de mon modèle pour aujourd'hui (${ $limit }) est épuisé.
model-silent = Mon modèle n'avait rien à dire.
model-endless = La réponse de mon modèle était trop longue et s'est interrompue, je la laisse de côté.
model-refused = Mon modèle a refusé d'y répondre.
model-strange = Mon modèle a fini sa réponse d'une façon que je ne connais pas.
model-elsewhere = Le serveur de mon modèle me renvoie vers un autre, et je ne le suis pas.
model-key = Mon modèle n'accepte pas ma clé.
model-unknown = Le serveur de mon modèle ne connaît pas le modèle que je demande.
model-busy = Mon modèle a trop à faire en ce moment.
model-broken = Mon modèle est en panne en ce moment.
