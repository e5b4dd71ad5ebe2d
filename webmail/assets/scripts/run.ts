/** Runs a script that looks at its page as it is loaded, also where it ran before. */
export function run(src: string): void {
  const script = document.createElement('script');
  script.async = false;
  script.src = src;
  document.head.append(script);
}
