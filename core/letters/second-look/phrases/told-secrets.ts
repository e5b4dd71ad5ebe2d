import { keep, meet, type DoubtPhrase } from './phrase.ts';

/** More of what one keeps for oneself, and of meeting in secret. */
export const TOLD_SECRETS: readonly DoubtPhrase[] = [
  // what one keeps for oneself
  keep(
    `
    (?:mon|notre) (?:immeuble|appart|appartement|maison|batiment) {any}{0,4}(?:a cote|
    en face|au dessus|pres|juste|etage)
  `,
  ),
  keep(
    `
    (?:le )?(?:code|digicode) (?:pour (?:entrer|rentrer|ouvrir)|d entree|
    de chez) {any}{0,4}(?:c est|est|ces) {word}
  `,
  ),
  keep(
    `
    (?:quel est|c est quoi|ces quoi|donne|donnes|dis|envoie|tu as|t as) {any}{0,2}(?:numero|
    telephone|adresse|06|mail) (?:de|a) (?:ta|ton|tes) (?:mere|maman|pere|papa|parents|
    soeur|frere)
  `,
  ),
  keep(
    `
    (?:prete|donne|passe|file)s? (?:moi )?(?:ton|tes) (?:comptes?|pseudo|profil|
    identifiants?)
  `,
  ),
  keep(
    `
    (?:c est quoi|ces quoi|quel est|donne|dis|dis moi) (?:ton|ta) (?:pseudo|compte|profil|
    nom sur|arobase)
  `,
  ),
  keep('(?:t as|tu as|ta|tu a) {any}{0,1}{network}'),
  keep('(?:c est|ces) mon (?:pseudo|snap|insta|06|numero)'),
  keep(
    `
    (?:j|je|on|nous) {any}{0,1}habit{word} (?:au dessus|en dessous|en face|a cote|juste|
    derriere) (?:de |du |d )(?!(?:la |l )?(?:ecole|chez|moi|toi|mamie|mer|riviere|
    foret) ){word}
  `,
  ),
  keep('(?:le|mon|c est le) (?:06|07) (?:puis|et|[0-9]{2})'),
  keep(
    `
    (?:c est quoi|c koi|ces koi|quel est|c quoi|koi) (?:ton|ta) (?:numero|num|06|tel|
    telephone|adresse|insta|snap|tiktok)
  `,
  ),
  keep(
    `
    (?:mon|ma) (?:{network}|id|pseudo|code) {any}{0,2}(?:c|c est|ces|est|[.])(?! (?:bloque|
    oublie|perdu|ferme|nul|trop|long|est a|pas|plus|un|une|la|le|que|vert|rouge|
    bleu) ) {word}
  `,
  ),
  keep(
    `
    (?:cherche|cherches|trouve|ajoute|ajoutes|suis|follow|rejoins) (?:moi|mon|
    nous) {any}{0,3}(?:sur|dans|code|roblox|brawl|fortnite|{network})
  `,
  ),
  keep(
    `
    (?:viens|va|on se parle|on parle|connecte toi|rejoins) {any}{0,2}(?:sur|
    par) (?:{network}|roblox|fortnite|brawl)
  `,
  ),
  keep(
    `
    (?:mets|met|donne|ecris|envoie) (?:moi )?(?:ton|ta) (?:mail|email|adresse|num|numero|
    snap|insta)
  `,
  ),
  keep(
    `
    (?:mon|le|ton|son) code {any}{0,1}(?:images?|en images?|
    secret) {any}{0,2}{word} {word} {word}
  `,
    { unless: / (?:oublie|perdu|changer) $/ },
  ),
  keep(
    `
    mot de passe (?:de|d) (?!(?:pirates?|jeu|wifi|la|l|cette) ){word} (?:c est|est|ces)
  `,
  ),
  keep(
    `
    (?:envoie|envoies|montre|prends|prend) (?:moi |toi )?(?:une |des |ta |tes )?(?:photos?|
    video|selfie) (?:de toi|de ta chambre|de ton corps|de ton visage|en pyjama|en maillot|
    sans)
  `,
  ),
  keep('(?:envoie|montre|filme) toi (?:en|toute?|dans ton)'),
  keep('{give}(?:ton|tes) (?:images?|trois images|code)'),
  // meeting
  meet(
    `
    (?:fais|fait|fera|faire) {any}{0,3}(?:appel video|visio|live|appel) {any}{0,4}(?:sans|
    en cachette|en secret|ce soir|toi)
  `,
  ),
  meet(
    `
    (?:on se (?:retrouve|voit|rejoint|rejoin|donne rendez vous)|rendez vous|rdv|viens|
    rejoins moi|retrouve moi) {any}{0,6}(?:au|a la|a l|devant|derriere|dans|pres) (?:le |
    la |l |du |de la )?(?:parc|city|stade|tabac|lidl|carrefour|leclerc|supermarche|mcdo|
    skatepark|bois|foret|pont|gare|arret|boulangerie|aire de jeux|cinema|centre commercial|
    parking|cave|garage|cimetiere|lac|riviere|plage)(?! avec (?:la|toute la|ma|nos|les|mes|
    tes|ton|ta) )
  `,
    { unless: / (?:classe|maitresse|quand|que|hier) $/ },
  ),
  meet(
    `
    (?:juste|rien que|que|seulement) (?:nous|tous les|toutes les|les) (?:deux|2)(?: seuls|
     seules)?{end}
  `,
    {
      unless: / (?:chante|chanter|joue|jouer|jouent|exposes?|expose) (?:[a-z]+ ){0,4}$/,
    },
  ),
  meet(
    `
    (?:c est|ca reste|ces) (?:notre|un) secret {any}{0,6}(?:dire|dis|parle|parler|personne|
    grands|adultes|parents|montrer)
  `,
  ),
  meet(
    `
    (?:faut|dois|doit) {any}{0,2}pas (?:le |en |ca )?(?:dire|parler|montrer|
    raconter) {any}{0,1}(?:aux|a) {any}{0,1}(?:grands|adultes|parents|maitres|maitresse|
    personne)
  `,
  ),
  meet(
    `
    (?:efface|effaces|supprime|supprimes|jette|dechire|brule) {any}{0,2}(?:message|messages|
    mail|mot|lettre) {any}{0,1}(?:apres|quand|des|une fois|et|pour pas|vite)
  `,
  ),
  meet(
    `
    (?:t|tu|te) (?:es|est|seras|restes) (?:tout|toute) (?:seul|seule) (?:chez toi|
    a la maison|ce soir|demain|samedi|mercredi)
  `,
  ),
  meet(
    `
    (?:mes|tes) parents {any}{0,2}(?:pas la|absents|partis|sortis|
    travaillent) {any}{0,4}(?:viens|passe|tu|vient)
  `,
  ),
  meet(
    `
    (?:je|on) (?:passe|passes|viens|vient|viendrai) te (?:chercher|prendre|
    voir) {any}{0,3}(?:dis|parle|secret|personne|ce soir|seul)
  `,
  ),
  meet(
    `
    (?:dis|dit) {any}{0,2}(?:a ta mere|a tes parents|a ton pere|a ta maman|
    a la maitresse) que (?:tu|t) {any}{0,5}(?:et viens|chez|es chez|dors)
  `,
  ),
  meet(
    `
    (?:c est|ces|ca reste) (?:un |notre |le )?secret (?:entre|rien que|juste|a nous)
  `,
  ),
  meet('(?:parle|parles|dis|dit) (?:pas|rien|jamais) (?:de ca|de ce|d en|de nous)'),
  meet(
    `
    si (?:un adulte|la maitresse|le maitre|ta mere|quelqu un|on te) {any}{0,3}(?:demande|
    pose) {any}{0,3}(?:dis|tu dis|reponds)
  `,
  ),
  meet(
    `
    (?:attends|attend|rejoins|retrouve|rejoint) {any}{0,4}(?:bout de la rue|toilettes|
    coin de la rue|derriere|en secret|pour te parler seule?|portail)
  `,
    { unless: / (?:papa|maman|mamie|bus|car) (?:m |nous )?$/ },
  ),
  meet(
    `
    (?:on|nous) (?:peut|va|pourrait|peux|doit|devrait) se (?:voir|retrouver|
    rejoindre) {any}{0,2}(?:au|a la|devant|derriere|pres) {any}{0,2}(?:parc|city|stade|bois|
    gare|skatepark|cinema|arret|college)
  `,
    {
      unless: / (?:classe|maitresse) $/,
    },
  ),
  meet('(?:c est|ces) notre (?:petit )?secret{end}'),
  meet(
    `
    (?:faut|faudra|faudrait) (?:surtout )?que personne {any}{0,2}(?:sache|voit|voie|lise|
    entende)
  `,
  ),
];
