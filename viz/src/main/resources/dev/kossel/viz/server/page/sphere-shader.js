// Spheres as impostors: one point a sphere, whose fragments compute its surface and light.
//
// The depth of a sphere is that of its centre. Spheres that do not overlap hide one another exactly in the order of their
// centres, and a depth that fragments do not change lets the graphics card skip what is hidden before shading it.

export const MOST_PLANES = 7;

export const VERTEX = `
uniform float radius;
uniform float pixels;
uniform float spread;
uniform vec4 planes[${MOST_PLANES}];
uniform int planeCount;
uniform uvec4 hidden;
uniform sampler2D palette;
uniform vec2 range;
uniform bool steps;
in vec4 kind;
in float value;
in vec4 light;
in vec4 facing;
out vec3 tint;
out float sky;
out vec3 gradient;
out vec4 outward;
out float away;
out float diameter;

void main() {
  vec4 at = modelViewMatrix * vec4(position, 1.0);
  away = -at.z;
  gl_Position = projectionMatrix * at;
  // Diameter in pixels; in perspective w is the distance, otherwise 1.
  diameter = pixels * projectionMatrix[1][1] * radius * spread / gl_Position.w;
  // Small ones overlap a little: the gaps between them would show as a pattern of dots.
  diameter *= mix(1.3, 1.0, smoothstep(4.0, 20.0, diameter));
  gl_PointSize = max(1.0, diameter);
  bool seen = true;
  for (int i = 0; i < ${MOST_PLANES}; i++) {
    if (i < planeCount) seen = seen && dot(planes[i].xyz, position) <= planes[i].w;
  }
  int species = int(kind.x);
  uint word = species < 32 ? hidden.x : species < 64 ? hidden.y : species < 96 ? hidden.z : hidden.w;
  seen = seen && (word >> uint(species & 31) & 1u) == 0u;
  if (!seen) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 0.0;
  }
  float place = steps ? value + 0.5 : 0.5 + 255.0 * clamp((value - range.x) * range.y, 0.0, 1.0);
  tint = value < -1e37 ? vec3(0.62) : texture(palette, vec2(place / 256.0, 0.5)).rgb;
  tint *= tint; // To light, near enough: the square undoes the root at the end.
  sky = light.x;
  gradient = light.yzw;
  outward = facing;
}`;

export const FRAGMENT = `
precision highp float;
uniform mat3 toWorld;
uniform vec3 background;
uniform float near;
uniform float far;
in vec3 tint;
in float sky;
in vec3 gradient;
in vec4 outward;
in float away;
in float diameter;
out vec4 pixel;

void main() {
  vec2 p = 2.0 * vec2(gl_PointCoord.x, 1.0 - gl_PointCoord.y) - 1.0;
  float r2 = dot(p, p);
  if (r2 > 1.0 && diameter > 1.5) discard;
  vec3 ball = toWorld * vec3(p, sqrt(max(0.0, 1.0 - r2)));
  // From afar the surface is one, not a heap of spheres: it is lit by where it faces.
  float near1 = smoothstep(1.5, 14.0, diameter);
  bool faces = dot(outward.xyz, outward.xyz) > 0.01;
  vec3 normal = faces ? normalize(mix(outward.xyz, ball, 0.25 + 0.5 * near1)) : ball;
  vec3 eye = normal * toWorld; // In the view: the inverse of a rotation is its transpose.
  float open = clamp(sky + dot(gradient, normal), 0.0, 1.25);
  float key = max(0.0, dot(eye, vec3(-0.413, 0.597, 0.688)));
  // Ridges are lifted and hollows deepened by what is void around them: steps of one layer can be seen.
  float relief = mix(0.5, 1.32, smoothstep(0.12, 0.68, outward.w));
  float light = (0.05 + 0.62 * open * open + 0.62 * key * smoothstep(0.1, 0.5, sky)) * relief;
  float rim = mix(1.0, smoothstep(1.02, 0.6, r2), 0.42 * near1);
  float shine = 0.10 * near1 * pow(max(0.0, dot(eye, vec3(-0.22, 0.33, 0.917))), 24.0) * open;
  vec3 lit = sqrt(tint * light * rim + shine);
  // What is farther away fades into the ground.
  float fade = clamp((away - near) / (far - near), 0.0, 1.0);
  pixel = vec4(mix(lit, background, 0.42 * fade * fade), 1.0);
}`;

export const MARK_VERTEX = `
uniform float radius;
uniform float pixels;
in vec3 color;
out vec3 tint;
out float width;

void main() {
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  float diameter = max(9.0, pixels * projectionMatrix[1][1] * radius / gl_Position.w);
  width = max(0.16, 4.0 / diameter);
  gl_PointSize = diameter;
  tint = color;
}`;

export const MARK_FRAGMENT = `
precision highp float;
in vec3 tint;
in float width;
out vec4 pixel;

void main() {
  float r = length(2.0 * gl_PointCoord - 1.0);
  if (r > 1.0 || r < 1.0 - width) discard;
  pixel = vec4(tint, 1.0);
}`;
