export default function Drafts() {}
