/**
 * Words that people choose first, folded (`password-rule.ts`): what is on every list of stolen
 * passwords, and what lies near in a French school. A word here says little, so a password needs
 * others beside it.
 */
const LINES = `
motdepasse motdepass motdepasses monmotdepasse mdp password passwort passw pass passe passer secret
admin administrateur administrator root user utilisateur login invite guest test tests essai demo
default changeme bienvenue welcome letmein ouvretoi sesame ouvretoisesame entrer entree internet
ordinateur clavier souris ecran windows google gmail orange wanadoo hotmail yahoo facebook youtube
tiktok instagram snapchat netflix whatsapp discord roblox minecraft fortnite pokemon pikachu mario
luigi sonic zelda naruto onepiece dragonball dragon starwars batman superman spiderman hulk barbie
reinedesneiges elsa olaf disney mickey minnie titeuf asterix obelix tintin milou schtroumpf peppapig
iloveyou ilovyou jetaime jetaimemaman mamanjetaime jetadore jetaimefort jetaimepapa papajetaime
amour amours amitie bisou bisous calin calins coeur moncoeur monamour monbebe bebe cheri cherie
doudou doudous doudoune chouchou chouchoute loulou louloute titi titou toutou minou minouche choupette
choupinette poupette princesse prince princesses reine fee licorne licornes sirene pirate pirates
chevalier chateau coucou coucoutoi bonjour bonsoir bonnenuit salut hello merci aurevoir bravo super
cool genial toto tata tonton titine tintine nounou nounours papa maman mamans papas papamaman
mamanpapa papy papi mamie mamy mami pepe meme frere soeur famille mafamille cousin cousine parrain
marraine copain copine copains copines meilleureamie meilleurami ami amis amie amies
soleil soleils lune etoile etoiles arcenciel nuage nuages pluie neige montagne plage ocean fleur
fleurs marguerite tulipe coquelicot tournesol printemps automne hiver vacances noel joyeuxnoel
perenoel paques halloween anniversaire joyeuxanniversaire cadeau bonbon bonbons chocolat nutella
caramel vanille fraise fraises framboise cerise cerises banane bananes pomme pommes abricot citron
gateau gateaux crepe crepes pizza fromage baguette croissant
chat chats chaton chatons minet chien chiens chiot toutous lapin lapins souriceau hamster poisson
poissons requin dauphin dauphins baleine tortue tortues cheval chevaux poney poneys lion lions
lionne tigre tigres panthere leopard elephant elephants girafe girafes singe singes panda pandas
ours ourson renard loup louve louveteau hibou chouette papillon papillons coccinelle abeille escargot
grenouille canard poussin poule cochon vache mouton dinosaure dinosaures tyrannosaure
rouge bleu vert jaune rose violet noir blanc marron turquoise multicolore couleur couleurs
lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril juin juillet aout
septembre octobre novembre decembre
ecole ecoles monecole maternelle elementaire primaire college lycee maitre maitres maitresse
maitresses mamaitresse monmaitre professeur prof profs directeur directrice eleve eleves classe
classes maclasse cour recre recreation preau cantine cartable trousse crayon crayons cahier cahiers
stylo gomme regle tableau bureau lecture ecriture dictee calcul calculs maths mathematiques francais
histoire geographie sciences sport sports musique dessin poesie devoirs bibliotheque atsem animateur
garderie periscolaire mairie ville commune rentree enseignant enseignante education
football foot footballeur rugby basket tennis judo danse danseuse natation gymnastique equitation
velo ballon champion championne champions psg parissaintgermain allezlom allezlesbleus lesbleus om
olympique olympiquedemarseille lyon mbappe griezmann zidane ronaldo messi neymar
paris marseille toulouse nice nantes strasbourg montpellier bordeaux lille rennes reims toulon
grenoble dijon angers nimes brest lemans amiens tours limoges metz besancon perpignan orleans
rouen mulhouse caen nancy avignon poitiers france bretagne normandie alsace corse provence
bourgogne savoie vendee auvergne europe algerie maroc tunisie portugal espagne italie
alexandre alexis alice amandine anais andrea antoine arthur aurelie axel baptiste benjamin camille
caroline celine charlotte chloe christine christophe clara claire clement corentin daniel david
delphine dylan elodie emilie emma enzo eric ethan eva fabien florian francois frederic gabriel
guillaume hugo ines isabelle jade jean jerome jeremy jessica jules julia julie julien juliette
karine kevin killian lucas laura laurent lena leo lea lilou lina lisa loic lola louis louise
lucie ludovic luna manon marie marine martin mathieu mathis mathilde maxime melanie melissa mia
michel mickael mohamed morgane nathalie nathan nicolas noah noemie oceane olivier pascal patrick
pauline philippe pierre quentin rachel raphael rayan robin romain romane sabrina samuel sandra
sandrine sarah sebastien simon sofia sophie stephane stephanie sylvie thibault theo thomas tom
valentin valentine valerie victor vincent virginie yanis yann zoe
qwerty qwertz azerty azertyui motdepasseazerty qazwsx qazwsxedc wsxedc aqwzsx aqwzsxedc poiuytreza
bonheur liberte egalite fraternite libertefraternite courage espoir bonnechance chance magie magique
magicien magicienne heros superheros robot robots fusee espace planete cosmos galaxie astronaute
tresor voiture voitures camion camions tracteur moto motos ferrari porsche bugatti lamborghini
renault peugeot citroen train trains avion avions bateau bateaux pompier pompiers police policier
docteur infirmiere veterinaire cuisine jardin maison mamaison appartement village quartier
computer dragonfly master monkey sunshine football1 princess shadow flower trustno baseball killer
hockey summer winter freedom whatever starlight lovely friend friends mother father school teacher
student pupil butterfly rainbow unicorn kitten puppy
`;

export const COMMON_WORDS: ReadonlySet<string> = new Set(
  LINES.normalize('NFD').replace(/\p{M}/gu, '').trim().split(/\s+/),
);
