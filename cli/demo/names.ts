type Names = readonly [string, ...string[]];

const words = (text: string): Names => {
  const [first = '', ...rest] = text.split(',').map((word) => word.trim());
  return [first, ...rest];
};

/** What children born around 2020 are called. */
export const CHILDREN = words(`
  Abel, Adam, Adèle, Adja, Agathe, Aïcha, Ali, Alice, Alix, Alma, Amadou, Ambre, Amir, Anaé, Anna, Anouk, Antoine, Apolline, Aria, Arthur, Assia,
  Augustin, Aya, Aylan, Baptiste, Basile, Bilal, Billie, Capucine, Castille, Céleste, Charlie, Charlotte, Chloé, Clara, Clémence, Côme, Constance,
  Dalia, Daphné, Diego, Dina, Djibril, Eden, Éléa, Élena, Eliott, Élise, Ella, Éloïse, Elsa, Ema, Emma, Ennio, Enzo, Esteban, Esther, Ethan, Eva,
  Ézéchiel, Fatou, Félix, Flora, Gabin, Gabriel, Garance, Gaspard, Gustave, Hamza, Hanna, Hawa, Héloïse, Hugo, Ibrahim, Imran, Inaya, Ines, Iris,
  Ismaël, Isaac, Issa, Jade, Jana, Jean-Baptiste, Jeanne, Joseph, Joséphine, Joy, Jules, Julia, Kaïs, Kenza, Kylian, Lana, Léa, Léandre, Léna, Léon,
  Léonie, Liam, Lila, Lilou, Lily-Rose, Lina, Lise, Livio, Lola, Lou, Louis, Louise, Loup, Luca, Lucas, Lucie, Lucien, Lyna, Maé, Maël, Maïa, Malo, Malik,
  Malika, Manel, Manon, Marceau, Margaux, Margot, Maria, Marie-Lou, Marin, Marius, Marwa, Mathis, Mathilde, Maxence, Mélina, Mia, Mila, Milan, Milo,
  Mohamed, Moussa, Nahel, Naïm, Naomi, Nathan, Neïla, Nina, Nino, Noa, Noah, Noam, Noé, Noémie, Nour, Olivia, Octave, Oscar, Ousmane, Paul, Paul-Émile,
  Pia, Prune, Raphaël, Rayan, Robin, Romane, Rosalie, Rose, Roxane, Ruben, Sacha, Safia, Salma, Samuel, Sarah, Selma, Simon, Sofia, Sohan, Solal, Soline,
  Souleymane, Suzanne, Tess, Théa, Théo, Thiago, Thibault, Thomas, Tiago, Timéo, Timothée, Tom, Ulysse, Valentin, Valentine, Victoire, Victor, Wassim,
  William, Yanis, Yara, Yasmine, Youssef, Zayn, Zélie, Zoé`);

/** What their parents and teachers are called. */
export const ADULTS = words(`
  Abdelkader, Adrien, Agnès, Aïssata, Alexandre, Alexis, Amandine, Amélie, Amina, Anaïs, André, Anne, Anne-Laure, Anne-Sophie, Anthony, Arnaud, Audrey,
  Aurélie, Aurélien, Béatrice, Benoît, Bérengère, Brahim, Bruno, Caroline, Catherine, Cécile, Cédric, Céline, Charlène, Christelle, Christophe, Claire,
  Corinne, Cyril, Damien, David, Delphine, Djamila, Élodie, Emilie, Emmanuel, Éric, Estelle, Fabien, Fabrice, Farid, Fatima, Fatoumata, Florence, Florian,
  Franck, Frédéric, Gaëlle, Geoffroy, Grégory, Guillaume, Habib, Hakim, Hélène, Hervé, Ibrahima, Imane, Isabelle, Jean-Marc, Jean-Philippe, Jérémy, Jérôme,
  Jessica, Joël, Julie, Julien, Karim, Karine, Khadija, Laetitia, Laurence, Laurent, Leïla, Linda, Loïc, Lucie, Ludovic, Magali, Mamadou, Marc, Marianne,
  Marie, Marie-Claire, Marina, Marion, Mathieu, Maud, Mehdi, Mélanie, Mickaël, Mohamed, Muriel, Myriam, Nadège, Nadia, Nathalie, Nicolas, Nora, Olivier,
  Ophélie, Pascal, Patricia, Patrick, Pauline, Philippe, Pierre, Rachid, Raphaëlle, Régis, Rémi, Romain, Sabrina, Samira, Samuel, Sandra, Sandrine, Sébastien,
  Séverine, Sonia, Sophie, Stéphane, Stéphanie, Sylvie, Tanguy, Teresa, Thierry, Thomas, Valérie, Vanessa, Véronique, Vincent, Virginie, Walid, Xavier,
  Yannick, Yasmina, Youssef, Yves, Zohra`);

/** Which of them are men. */
export const MEN: ReadonlySet<string> = new Set(
  words(`
  Abdelkader, Adrien, Alexandre, Alexis, André, Anthony, Arnaud, Aurélien, Benoît, Brahim, Bruno, Cédric, Christophe, Cyril, Damien, David, Emmanuel,
  Éric, Fabien, Fabrice, Farid, Florian, Franck, Frédéric, Geoffroy, Grégory, Guillaume, Habib, Hakim, Hervé, Ibrahima, Jean-Marc, Jean-Philippe, Jérémy,
  Jérôme, Joël, Julien, Karim, Laurent, Loïc, Ludovic, Mamadou, Marc, Mathieu, Mehdi, Mickaël, Mohamed, Nicolas, Olivier, Pascal, Patrick, Paulo, Philippe,
  Pierre, Rachid, Régis, Rémi, Romain, Samuel, Sébastien, Stéphane, Tanguy, Thierry, Thomas, Vincent, Walid, Xavier, Yannick, Youssef, Yves`),
);

export const FAMILIES = words(`
  Abadie, Abdallah, Adam, Amrani, Andrade, André, Antunes, Arnaud, Aubert, Auger, Bailly, Bakayoko, Bâ, Barbier, Barry, Baudry, Belkacem, Ben Salah,
  Benali, Benoît, Berger, Bernard, Bertrand, Besnard, Bianchi, Blanchard, Blanc, Boucher, Bouchet, Boulanger, Bourgeois, Bouvier, Boyer, Brahimi, Breton,
  Brun, Brunet, Camara, Carpentier, Caron, Carvalho, Charles, Charpentier, Chen, Chevalier, Cissé, Clément, Cohen, Colin, Collet, Cordier, Costa, Coulibaly,
  Cousin, Da Silva, d’Almeida, David, de La Tour, de Oliveira, Delaunay, Delmas, Denis, Deschamps, Diabaté, Diallo, Diarra, Diop, Dos Santos, Dubois,
  Dubreuil, Dufour, Duhamel, Dumas, Dumont, Dupont, Dupuis, Durand, Duval, El Amrani, El Idrissi, Étienne, Evrard, Fabre, Faure, Fernandes, Ferrand, Ferreira,
  Fleury, Fofana, Fontaine, Fournier, François, Gaillard, Garcia, Gauthier, Gérard, Germain, Girard, Giraud, Gomes, Gonçalves, Guérin, Guichard, Guillot,
  Guyot, Haddad, Hamdi, Henry, Hervé, Hoarau, Huet, Humbert, Huynh, Jacob, Jacquet, Jean, Joly, Kaci, Kamara, Kaya, Keïta, Klein, Koffi, Konaté, Kone, Lacroix,
  Lambert, Langlois, Laurent, Le Bihan, Le Goff, Le Guen, Leblanc, Lebrun, Leclerc, Lefebvre, Lefort, Legrand, Lemaire, Lemoine, Leroux, Leroy, Lévêque, Lévy,
  Lopez, Lucas, Mahé, Maillard, Mallet, Marchal, Marchand, Marie, Marques, Martin, Martinez, Martins, Masson, Mathieu, Mbaye, Mendes, Menard, Mercier, Meyer,
  Meunier, Michaud, Michel, Millet, Monnier, Moreau, Morel, Morin, Moulin, Moussaoui, Muller, N’Diaye, N’Guessan, Nguyen, Nicolas, Noël, Nowak, Olivier, Ouattara,
  Özdemir, Paris, Payet, Pelletier, Pereira, Perez, Perret, Perrin, Perrot, Petit, Pham, Philippe, Picard, Pichon, Pierre, Poirier, Pons, Poulain, Prévost,
  Rahmani, Ramos, Raynaud, Rémy, Renard, Renaud, Rey, Ribeiro, Richard, Rivière, Robert, Roche, Rodrigues, Roger, Rolland, Rossi, Rousseau, Roussel, Roux, Roy,
  Royer, Saïdi, Sanchez, Sangaré, Schmitt, Schneider, Sidibé, Silva, Simon, Sow, Sylla, Tessier, Thomas, Touré, Tran, Traoré, Tremblay, Vasseur, Verdier, Vidal,
  Vincent, Wagner, Weber, Yilmaz, Zerrouki, Zidane`);

/** Where the schools are; the first two are the small town's. */
export const COMMUNES = words(`
  Saint-Aubin-les-Prés, Valmont-sur-Aure, Beaulieu, Champfleury, Les Essarts, Fontenelle, Grandval, La Roche-aux-Fées, Le Plessis, Longueville, Maisonneuve,
  Mont-Saint-Éloi, Noirval, Pont-d’Aure, Rivebelle, Saint-Jean-du-Val, Sainte-Colombe, Trois-Moulins, Vieilleville, Villeneuve-la-Forêt`);

/** Names of schools, as they stand after « École ». The slug is made of the words that matter. */
export const SCHOOLS = words(`
  Jean-Moulin, Marie-Curie, Victor-Hugo, Jacques-Prévert, Simone-Veil, Louise-Michel, Rosa-Parks, Aimé-Césaire, Anne-Frank, Saint-Exupéry, Jean-Jaurès,
  Paul-Éluard, George-Sand, Lucie-Aubrac, Joséphine-Baker, Nelson-Mandela, La Fontaine, Charles-Perrault, Françoise-Dolto, Maria-Montessori, Célestin-Freinet,
  Pauline-Kergomard, Jean-Macé, Ferdinand-Buisson, Marcel-Pagnol, Colette, Molière, Claude-Monet, Henri-Matisse, Camille-Claudel, Robert-Desnos, Jean-Rostand,
  Jacques-Cousteau, Germaine-Tillion, Olympe-de-Gouges, Arthur-Rimbaud, Paul-Verlaine, Émile-Zola, Gustave-Eiffel, Alphonse-Daudet, Jules-Verne, Hélène-Boucher,
  Jacqueline-Auriol, Sophie-Germain, Ada-Lovelace, Irène-Joliot-Curie, Paul-Langevin, Léo-Lagrange, Édouard-Herriot, Jean-Zay,
  des Acacias, des Bleuets, des Cerisiers, des Chênes, des Coquelicots, des Érables, des Hirondelles, des Marronniers, des Mésanges, des Noisetiers, des Oliviers,
  des Platanes, des Pommiers, des Primevères, des Saules, des Sources, des Tournesols, des Violettes, des Vignes, des Moulins, des Lavandières, des Écureuils,
  des Libellules, des Alouettes, des Genêts, des Bruyères, des Magnolias, des Lilas, des Mimosas, des Peupliers, des Roseaux, des Glycines, des Cigognes,
  du Bourg, du Centre, du Parc, du Port, du Lavoir, du Grand-Pré, du Petit-Bois, du Vieux-Moulin, du Clos-Fleuri, du Canal, du Château-d’Eau, du Beffroi,
  du Val-Joli, du Coteau, du Plateau, du Ruisseau, du Verger, du Mail, de la Gare, de la Fontaine, de la Rivière, de la Colline, de la Vallée, de la Forêt,
  de la Prairie, de la Garenne, de la Croix-Blanche, de la Roseraie, de la Halle, de l’Étang, de l’Horloge, de l’Abbaye, de l’Écluse, de l’Île, de l’Aqueduc,
  de l’Observatoire, de l’Orangerie`);
