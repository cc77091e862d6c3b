const posts = await (await fetch("/api/posts")).json();
const items = posts.map((post) => {
  const item = document.createElement("li");
  item.textContent = post.title;
  return item;
});
document.querySelector("#posts").replaceChildren(...items);
