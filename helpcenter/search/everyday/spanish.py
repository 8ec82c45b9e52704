"""Everyday words of Spanish; a line is a group, with commas between."""

WORDS = """
borrar, eliminar, quitar, suprimir, deshacerse
cambiar, modificar, editar, alterar, corregir
actualizar, poner al día
añadir, agregar, insertar, adjuntar
crear, hacer, montar
guardar, conservar, almacenar
copia, duplicado, respaldo, copia de seguridad
recuperar, restaurar, volver a tener
deshacer, revertir, dar marcha atrás, echarse atrás
cancelar, anular, darse de baja, dar de baja
empezar, comenzar, iniciar
arreglar, reparar, solucionar
elegir, escoger, seleccionar
pulsar, apretar, hacer clic, presionar, tocar
escribir, redactar, teclear
enviar, mandar
recibir, llegar
responder, contestar, respuesta
preguntar, consulta, duda
buscar, búsqueda, buscador
encontrar, hallar, localizar
mostrar, aparecer, salir, visible
ocultar, esconder, invisible
permitir, autorizar, conceder
prohibir, rechazar, denegar, bloquear
comprobar, revisar, verificar
confirmar, activar, validar
descargar, exportar, bajar
subir, importar, cargar
mover, trasladar, migrar, pasar
ordenar, colocar
imprimir, impresora, papel, hoja
ampliar, agrandar, más grande
traducir, traducción
contar, medir, calcular
seguir, rastrear, espiar, vigilar
proteger, seguro
entrar, iniciar sesión, acceder, identificarse, loguearse
cerrar sesión, salir de la cuenta, desconectarse
registrarse, darse de alta, inscribirse, crear una cuenta
contraseña, clave, palabra secreta
cuenta, perfil, usuario
ajustes, preferencias, opciones, configuración
imagen, foto, fotografía, captura, dibujo, ilustración
correo, e-mail, email, mail, carta
mensaje, nota
página, sitio, web
artículo, texto, guía, instrucciones, tutorial
archivo, fichero, documento, adjunto
carpeta, directorio
enlace, link, vínculo, dirección
móvil, teléfono, celular
ordenador, computadora, portátil, equipo, tableta
servidor, máquina
aplicación, programa
botón, icono
teclado, atajo
idioma, lengua
color, tono
oscuro, noche, negro
claro, blanco, brillo, deslumbrar
nombre, apellido, llamarse
palabra, término, expresión
número, cifra, estadística
informe, gráfico
voto, valoración, pulgar, útil
comentario, opinión, crítica, queja
error, fallo, avería
problema, dificultad, incidencia
equivocado, incorrecto, mal, erróneo
no funciona, roto, estropeado, averiado
lento, tarda, despacio
perdido, desaparecido, ya no está
anticuado, obsoleto, desfasado, ya no vale
caducado, demasiado viejo, vencido
antiguo, anterior, viejo
nuevo, reciente
grande, pesado, enorme
pequeño, diminuto
nada, ninguno, cero
persona, humano, alguien de verdad, agente
ayuda, soporte, atención al cliente
compañero, colega
empleado, personal, equipo
cliente, lector, visitante
permiso, derecho, acceso
empresa, compañía, negocio
privacidad, protección de datos, datos personales
aviso, notificación
borrador, sin terminar, a medias
publicar, poner en línea, sacar
versión, revisión
por error, sin querer, equivocación
factura, pago, cobro
precio, coste, tarifa
reembolso, devolución, devolver el dinero
"""
