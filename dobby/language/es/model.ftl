# Por qué el modelo no respondió.

plain-commands = Sigo entendiendo órdenes sencillas.
model-slow = Mi modelo tardó más de { $took }.
model-aimless = Mi modelo quería hacer algo y no dijo qué.
model-tireless = Mi modelo quería más de { $limit } pasos para esto; lo detuve.
model-cut-off = La respuesta de mi modelo se cortó.
model-away = No consigo llegar a mi modelo.
model-senseless = La respuesta de mi modelo no tenía sentido.
model-spent = El presupuesto de mi modelo para hoy (${ $limit }) está agotado.
model-silent = Mi modelo no tenía nada que decir.
model-endless = La respuesta de mi modelo era demasiado larga y se cortó, así que la dejo fuera.
model-refused = Mi modelo se negó a responder a eso.
model-strange = Mi modelo terminó su respuesta de una manera que no conozco.
model-elsewhere = El servidor de mi modelo me manda a otro, y no lo sigo.
model-key = Mi modelo no acepta mi clave.
model-unknown = El servidor de mi modelo no conoce el modelo que pido.
model-busy = Mi modelo tiene demasiado que hacer ahora mismo.
model-broken = Mi modelo no funciona ahora mismo.
