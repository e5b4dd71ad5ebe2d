/** What somebody is told who is turned away before a page can be made for them. */
export const turnedAwayFr = {
  'too-slow':
    'La connexion est trop lente\u00a0: la demande n’est pas arrivée à temps. Rien n’a été changé. Réessayez dans un moment.',
  'peer-full':
    'Trop de connexions viennent de votre réseau en même temps. Réessayez dans trente secondes.',
  'all-full': 'La messagerie reçoit trop de visites en ce moment. Réessayez dans trente secondes.',
  'head-too-big': 'Cette demande est trop longue. Effacez les cookies de ce site, puis réessayez.',
  'no-http': 'Cette demande n’a pas été comprise. Revenez à la page, puis essayez encore.',
};
