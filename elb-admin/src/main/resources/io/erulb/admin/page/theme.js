// Not a module, so that it runs before anything is drawn.
{
  const kept = localStorage.getItem('elb.theme');
  if (kept === 'light' || kept === 'dark') {
    document.documentElement.dataset.theme = kept;
  }
}
