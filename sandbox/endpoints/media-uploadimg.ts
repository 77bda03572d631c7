import { requireFile } from '../multipart';
import type { Endpoint } from './endpoint';

/** Doc 90256. The form field may have any name. */
export const mediaUploadimg: Endpoint = {
  path: 'media/uploadimg',
  method: 'POST',
  caller: 'app',
  answer({ state, parts, origin }) {
    const { bytes } = requireFile(parts, 'any field');
    return { errmsg: '', url: `${origin}/sandbox/pictures/${state.pictures.add(bytes)}` };
  },
};
